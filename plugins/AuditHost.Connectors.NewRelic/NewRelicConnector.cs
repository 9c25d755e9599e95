using AuditHost.PluginKit.Http;
using AuditHost.PluginKit.Text;
using AuditHost.Sdk;

namespace AuditHost.Connectors.NewRelic;

/// <summary>
/// Sends a batch to each of the chosen APIs, one after the other, metrics last. What one of them took is remembered until all have, so that another
/// attempt does not bring it again.
/// </summary>
internal sealed class NewRelicConnector(NewRelicOptions options, PluginContext context) : IConnector
{
    private const int UsualBodyBytes = 64 << 10;

    private readonly HalfDelivered _halfDelivered = new();
    private readonly EventScreen _screen = new(options, context.Time);

    public async ValueTask<DeliveryResult> SendAsync(EventBatch batch, CancellationToken cancellationToken)
    {
        using var plan = new BatchPlan(batch, options.Kinds);
        _screen.Check(plan);
        _halfDelivered.Restore(plan);
        bool isFinished = false;
        try
        {
            foreach (NewRelicFeed feed in options.Feeds)
            {
                if (!plan.WantsAny(feed.Kind))
                    continue;
                DeliveryResult result = await SendAsync(feed, plan, cancellationToken).ConfigureAwait(false);
                if (result.Kind != 0)
                    return plan.Failed(result);
                if (result.Failures is [EventFailure rejected, ..])
                    plan.RefuseAll(feed.Kind, rejected.Reason);
                else
                    plan.Acknowledge(feed.Kind, result.AcknowledgementId);
            }

            isFinished = true;
            return plan.Delivered();
        }
        finally
        {
            if (isFinished)
                _halfDelivered.Forget(batch);
            else
                _halfDelivered.Keep(plan, options.Kinds);
        }
    }

    /// <summary>
    /// Sends each API a request without data. Whatever is answered, somebody is there; that the key is good only a refusal can disprove, since New
    /// Relic may look at the body first.
    /// </summary>
    public async ValueTask ProbeAsync(CancellationToken cancellationToken)
    {
        foreach (NewRelicFeed feed in options.Feeds)
        {
            await feed.Endpoints.ProbeAsync(async endpoint =>
            {
                using HttpRequestMessage request = Make(HttpPayload.Create(feed.Body.Empty, feed.Body.ContentType));
                request.RequestUri = endpoint;
                await HttpProbe.CheckAsync(context.Http, request, cancellationToken).ConfigureAwait(false);
            }).ConfigureAwait(false);
        }
    }

    private async ValueTask<DeliveryResult> SendAsync(NewRelicFeed feed, BatchPlan plan, CancellationToken cancellationToken)
    {
        using var body = new PooledBuffer(UsualBodyBytes);
        feed.Body.Write(plan, body);
        using HttpRequestMessage request = Make(HttpPayload.Create(body.Written, feed.Body.ContentType, options.Compression));
        if (request.Content!.Headers.ContentLength is > NewRelicLimits.Body and { } length)
            return DeliveryResult.Failed(FailureKind.TooLarge, $"{length} bytes of {BatchPlan.NameOf(feed.Kind)}; New Relic takes {NewRelicLimits.Body} a request");
        using HttpResponseMessage response = await feed.Endpoints.SendAsync(context.Http, request, cancellationToken).ConfigureAwait(false);
        return feed.Kind == TelemetryKind.Traces
            ? await SpanAnswer.ReadAsync(response, context.Time, cancellationToken).ConfigureAwait(false)
            : await IngestAnswer.ReadAsync(feed.Kind, response, context.Time, cancellationToken).ConfigureAwait(false);
    }

    private HttpRequestMessage Make(HttpContent content)
    {
        var request = new HttpRequestMessage { Method = HttpMethod.Post, Content = content };
        request.Headers.TryAddWithoutValidation(LicenseKey.Header, options.LicenseKey);
        return request;
    }
}
