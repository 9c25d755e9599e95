using System.Diagnostics.Tracing;
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
    private int _hasWarned;

    public async ValueTask<DeliveryResult> SendAsync(EventBatch batch, CancellationToken cancellationToken)
    {
        using var body = new PooledBuffer(UsualBodyBytes);
        _body.Write(batch, body);
        if (AzureBody.Check(batch, body.Written.Span, AzureLimits.CollectorBody) is { } unfit)
            return unfit;
        WarnOfCuts(batch);
        using var request = new HttpRequestMessage(HttpMethod.Post, options.Address) { Content = HttpPayload.Create(body.Written, SharedKey.ContentType) };
        string date = context.Time.GetUtcNow().ToString("r", CultureInfo.InvariantCulture);
        request.Headers.TryAddWithoutValidation("Authorization", options.Key.Sign(body.Length, date));
        request.Headers.TryAddWithoutValidation("x-ms-date", date);
        request.Headers.TryAddWithoutValidation("Log-Type", options.LogType);
        request.Headers.TryAddWithoutValidation("time-generated-field", options.TimeField);
        using HttpResponseMessage response = await context.Http
            .SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken).ConfigureAwait(false);
        using JsonAnswer answer = await JsonAnswer.ReadAsync(response, AzureLimits.Answer, cancellationToken).ConfigureAwait(false);
        if (response.StatusCode == HttpStatusCode.OK && string.IsNullOrEmpty(answer.Text) && response.Content.Headers.ContentType?.MediaType != "text/html")
            return DeliveryResult.Delivered.WithResponse(200, null);
        return DataCollectorAnswer.Failure(response, answer, context.Time);
    }

    /// <summary>Says once that the format's limit is not this API's: what Azure cuts, it does not mark.</summary>
    private void WarnOfCuts(EventBatch batch)
    {
        if (Volatile.Read(ref _hasWarned) == 0 && CollectorValues.AreCut(batch) && Interlocked.Exchange(ref _hasWarned, 1) == 0)
            context.Log(EventLevel.Warning, $"The Data Collector API cuts values of more than {AzureLimits.CollectorField} bytes without a mark. Set max_field_bytes: {AzureLimits.CollectorField} under format.");
    }

    // The API has nothing to ask for, and what it makes of an empty array is not documented.
    public ValueTask ProbeAsync(CancellationToken cancellationToken) => HttpProbe.CheckAsync(context.Http, options.Address, cancellationToken);
}
