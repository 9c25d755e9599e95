using System.Globalization;
using System.Net;
using System.Text;
using AuditHost.PluginKit.Http;
using AuditHost.PluginKit.Text;
using AuditHost.Sdk;

namespace AuditHost.Connectors.Sentinel;

/// <summary>Posts a batch as one JSON array to a workspace by the HTTP Data Collector API, signed with the workspace's key.</summary>
internal sealed class DataCollectorConnector(DataCollectorOptions options, PluginContext context) : IConnector
{
    private const int UsualBodyBytes = 64 << 10;

    private readonly CollectorBody _body = new(Encoding.ASCII.GetBytes(options.TimeField));

    public async ValueTask<DeliveryResult> SendAsync(EventBatch batch, CancellationToken cancellationToken)
    {
        using var body = new PooledBuffer(UsualBodyBytes);
        _body.Write(batch, body);
        if (AzureBody.Check(batch, body.Written.Span) is { } unfit)
            return unfit;
        using var request = new HttpRequestMessage(HttpMethod.Post, options.Address) { Content = HttpPayload.Create(body.Written, SharedKey.ContentType) };
        string date = context.Time.GetUtcNow().ToString("r", CultureInfo.InvariantCulture);
        request.Headers.TryAddWithoutValidation("Authorization", options.Key.Sign(body.Length, date));
        request.Headers.TryAddWithoutValidation("x-ms-date", date);
        request.Headers.TryAddWithoutValidation("Log-Type", options.LogType);
        request.Headers.TryAddWithoutValidation("time-generated-field", options.TimeField);
        using HttpResponseMessage response = await context.Http
            .SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken).ConfigureAwait(false);
        if (response.StatusCode == HttpStatusCode.OK)
            return DeliveryResult.Delivered.WithResponse(200, null);
        using JsonAnswer answer = await JsonAnswer.ReadAsync(response, AzureLimits.Answer, cancellationToken).ConfigureAwait(false);
        return DataCollectorAnswer.Failure(response, answer, context.Time);
    }

    // The API has nothing to ask for, and what it makes of an empty array is not documented.
    public ValueTask ProbeAsync(CancellationToken cancellationToken) => HttpProbe.CheckAsync(context.Http, options.Address, cancellationToken);
}
