using AuditHost.PluginKit.Http;
using AuditHost.PluginKit.Text;
using AuditHost.Sdk;

namespace AuditHost.Connectors.Datadog.EventStream;

/// <summary>Sends each event as an event of Datadog (<c>POST /api/v1/events</c>), one request each, one after the other.</summary>
internal sealed class EventsIntake(DatadogOptions options, PluginContext context) : IIntake
{
    private readonly EventNotice _notice = new(options);
    private readonly IntakeClient _client = new(Intakes.Events, options.Addresses.Events, options.ApiKey, static answer => answer.String("status") == "ok", context);

    public async ValueTask<DeliveryResult> SendAsync(BatchProgress progress, CancellationToken cancellationToken)
    {
        using var body = new PooledBuffer(4 << 10);
        for (int index = 0; index < progress.Batch.Count; index++)
        {
            if (!progress.Needs(index, Intakes.Events))
                continue;
            AuditEvent auditEvent = progress.Batch[index].Event;
            bool isTimely = EventTimes.AreTaken(auditEvent, context.Time.GetUtcNow());
            if (!isTimely && options.OldEvents == OldEvents.Refuse)
            {
                progress.Refuse(index, FailureKind.Rejected, EventTimes.Reason);
                continue;
            }

            body.Clear();
            _notice.Write(auditEvent, isTimely, body);
            DeliveryResult result = await SendAsync(body, progress, index, cancellationToken).ConfigureAwait(false);
            if (result.Kind is FailureKind.Rejected or FailureKind.TooLarge)
                progress.Refuse(index, result.Kind, result.Reason!, result.Status);
            else if (!result.IsDelivered)
                return result;
        }

        return DeliveryResult.Delivered;
    }

    private async ValueTask<DeliveryResult> SendAsync(PooledBuffer body, BatchProgress progress, int index, CancellationToken cancellationToken)
    {
        using HttpContent content = HttpPayload.Create(body.Written, "application/json");
        return await _client.SendAsync(content, progress, index, index + 1, cancellationToken).ConfigureAwait(false);
    }
}
