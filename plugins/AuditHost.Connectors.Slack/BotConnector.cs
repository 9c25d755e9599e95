using System.Net.Http.Headers;
using System.Text;
using AuditHost.PluginKit.Http;
using AuditHost.PluginKit.Text;
using AuditHost.Sdk;

namespace AuditHost.Connectors.Slack;

/// <summary>Posts each message as a bot, by <c>chat.postMessage</c> of the Web API.</summary>
internal sealed class BotConnector(HttpEndpoints endpoints, AuthenticationHeaderValue authorization, string channel, PluginContext context) : IConnector
{
    private const string ContentType = "application/json; charset=utf-8";

    private readonly byte[] _channel = Encoding.UTF8.GetBytes(channel);

    public ValueTask<DeliveryResult> SendAsync(EventBatch batch, CancellationToken cancellationToken) =>
        new SingleDelivery(batch, PostAsync).RunAsync(cancellationToken);

    public ValueTask ProbeAsync(CancellationToken cancellationToken) => endpoints.ProbeAsync(async endpoint =>
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, SlackAddress.TestOf(endpoint));
        request.Headers.Authorization = authorization;
        using HttpResponseMessage response = await endpoints.SendAsync(context.Http, endpoint, request, cancellationToken).ConfigureAwait(false);
        using JsonAnswer answer = await JsonAnswer.ReadAsync(response, SlackAnswer.MaxBytes, cancellationToken).ConfigureAwait(false);
        DeliveryResult result = SlackAnswer.OfApi(response, answer, RetryAfter.Of(response, context.Time));
        if (!result.IsDelivered)
            throw new HttpRequestException(result.Reason, inner: null, response.StatusCode);
    });

    private async ValueTask<DeliveryResult> PostAsync(ReadOnlyMemory<byte> message, string contentType, string key, CancellationToken cancellationToken)
    {
        if (!PayloadObject.TryRead(message.Span, "channel"u8, out ReadOnlySpan<byte> own))
            return SlackAnswer.NoObject;
        using var body = new PooledBuffer(16 << 10);
        if (own.IsEmpty)
            WriteWithChannel(message.Span, body);
        using var request = new HttpRequestMessage
        {
            Method = HttpMethod.Post,

            // A template that names a channel itself sends there.
            Content = HttpPayload.Create(own.IsEmpty ? body.Written : message, ContentType),
        };
        request.Headers.Authorization = authorization;
        using HttpResponseMessage response = await endpoints.SendAsync(context.Http, request, cancellationToken).ConfigureAwait(false);
        using JsonAnswer answer = await JsonAnswer.ReadAsync(response, SlackAnswer.MaxBytes, cancellationToken).ConfigureAwait(false);
        return SlackAnswer.OfApi(response, answer, RetryAfter.Of(response, context.Time));
    }

    /// <summary>Puts the channel in front of the message's own members.</summary>
    private void WriteWithChannel(ReadOnlySpan<byte> message, PooledBuffer body)
    {
        ReadOnlySpan<byte> members = message.Trim(" \t\r\n"u8)[1..].TrimStart(" \t\r\n"u8);
        var json = new JsonWriter(body);
        json.BeginObject();
        json.Name("channel"u8);
        json.String(_channel);
        if (members[0] == (byte)'}')
        {
            json.EndObject();
        }
        else
        {
            json.Separator((byte)',');
            json.Literal(members);
        }

        json.Flush();
    }
}
