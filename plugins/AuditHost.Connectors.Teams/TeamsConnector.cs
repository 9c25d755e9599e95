using AuditHost.PluginKit.Http;
using AuditHost.PluginKit.Text;
using AuditHost.Sdk;

namespace AuditHost.Connectors.Teams;

/// <summary>Posts each card by a workflow's webhook.</summary>
internal sealed class TeamsConnector : IConnector
{
    /// <summary>
    /// The most that Teams takes of a message, "approximately 28 KB" (Microsoft Teams connector, "Known issues and limitations"). A trigger
    /// accepts more, and its run then fails unseen.
    /// </summary>
    public const int MaxMessageBytes = 28 << 10;

    private readonly HttpEndpoints _endpoints;
    private readonly TeamsAnswer _answers;
    private readonly PluginContext _context;

    private TeamsConnector(HttpEndpoints endpoints, TeamsAnswer answers, PluginContext context)
    {
        _endpoints = endpoints;
        _answers = answers;
        _context = context;
    }

    /// <exception cref="SettingsException">A setting cannot work.</exception>
    public static TeamsConnector Create(TeamsSettings settings, PluginContext context) =>
        new(WorkflowAddress.Parse(settings, context.Time), TeamsAnswer.Create(settings, context.Time), context);

    public ValueTask<DeliveryResult> SendAsync(EventBatch batch, CancellationToken cancellationToken) =>
        new SingleDelivery(batch, PostAsync).RunAsync(cancellationToken);

    public ValueTask ProbeAsync(CancellationToken cancellationToken) =>
        _endpoints.ProbeAsync(endpoint => HttpProbe.CheckAsync(_context.Http, endpoint, cancellationToken));

    private async ValueTask<DeliveryResult> PostAsync(ReadOnlyMemory<byte> message, string contentType, string key, CancellationToken cancellationToken)
    {
        if (Refuse(message.Span) is { } refusal)
            return refusal;
        using var request = new HttpRequestMessage { Method = HttpMethod.Post, Content = HttpPayload.Create(message, "application/json") };
        using HttpResponseMessage response = await _endpoints.SendAsync(_context.Http, request, cancellationToken).ConfigureAwait(false);
        return await _answers.ReadAsync(response, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>What a trigger would answer 202 to, and its workflow then post nothing of.</summary>
    private static DeliveryResult? Refuse(ReadOnlySpan<byte> message)
    {
        if (!PayloadObject.TryRead(message, "attachments"u8, out ReadOnlySpan<byte> attachments))
            return DeliveryResult.Failed(FailureKind.Rejected, "The message is no JSON object. Use format: teams, or a template that writes one");
        if (attachments.IsEmpty || attachments[0] != (byte)'[' || attachments[1..].TrimStart(" \t\r\n"u8)[0] == (byte)']')
            return DeliveryResult.Failed(FailureKind.Rejected, "The message has no attachments: the workflow would take it and post nothing. Put the card into attachments, as format: teams does");
        return message.Length > MaxMessageBytes
            ? DeliveryResult.Failed(FailureKind.TooLarge, $"The message has {message.Length} bytes. Teams posts none of more than {MaxMessageBytes}")
            : null;
    }
}
