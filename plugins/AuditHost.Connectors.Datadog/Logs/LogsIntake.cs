using System.Text.Json;
using AuditHost.PluginKit.Http;
using AuditHost.PluginKit.Text;
using AuditHost.Sdk;

namespace AuditHost.Connectors.Datadog.Logs;

/// <summary>Sends each event as a log (<c>POST /api/v2/logs</c>), in as many requests as its limits need.</summary>
internal sealed class LogsIntake(DatadogOptions options, PluginContext context) : IIntake
{
    /// <summary>"Send logs": 1,000 entries and 5 MB a request, uncompressed, 1 MB an entry. A longer entry is cut, and 202 says nothing of it.</summary>
    private const int MaxEntries = 1000;
    private const int MaxBytes = 5_000_000;
    private const int MaxEntryBytes = 1_000_000;

    private readonly LogEntry _entry = new(options);
    private readonly IntakeClient _client = new(Intakes.Logs, options.Addresses.Logs, options.ApiKey, static answer => answer.Root is { ValueKind: JsonValueKind.Object }, context);

    public async ValueTask<DeliveryResult> SendAsync(BatchProgress progress, CancellationToken cancellationToken)
    {
        EventBatch batch = progress.Batch;
        DateTimeOffset now = context.Time.GetUtcNow();
        using var body = new PooledBuffer(64 << 10);
        using var entry = new PooledBuffer(4 << 10);
        int from = 0;
        int entries = 0;
        DeliveryResult result = default;
        for (int index = 0; index < batch.Count; index++)
        {
            if (!progress.Needs(index, Intakes.Logs) || !TryWrite(progress, index, now, entry))
                continue;
            if (entries == MaxEntries || body.Length + entry.Length + 2 > MaxBytes)
            {
                result = await SendAsync(body, progress, from, index, cancellationToken).ConfigureAwait(false);
                if (!result.IsDelivered)
                    return result;
                body.Clear();
                (from, entries) = (index, 0);
            }

            Append(entries == 0 ? (byte)'[' : (byte)',', entry, body);
            entries++;
        }

        return entries == 0 ? result : await SendAsync(body, progress, from, batch.Count, cancellationToken).ConfigureAwait(false);
    }

    private static void Append(byte before, PooledBuffer entry, PooledBuffer body)
    {
        Span<byte> target = body.GetSpan(entry.Length + 1);
        target[0] = before;
        entry.Written.Span.CopyTo(target[1..]);
        body.Advance(entry.Length + 1);
    }

    private async ValueTask<DeliveryResult> SendAsync(PooledBuffer body, BatchProgress progress, int from, int to, CancellationToken cancellationToken)
    {
        body.GetSpan(1)[0] = (byte)']';
        body.Advance(1);
        using HttpContent content = HttpPayload.Create(body.Written, "application/json", options.Compression);
        return await _client.SendAsync(content, progress, from, to, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Writes an entry; one that Datadog would drop or cut is refused here, since its answer would not tell.</summary>
    private bool TryWrite(BatchProgress progress, int index, DateTimeOffset now, PooledBuffer entry)
    {
        ref readonly OutboundEvent outbound = ref progress.Batch[index];
        bool isTimely = EventTimes.AreTaken(outbound.Event, now);
        if (!isTimely && options.OldEvents == OldEvents.Refuse)
        {
            progress.Refuse(index, FailureKind.Rejected, EventTimes.Reason);
            return false;
        }

        entry.Clear();
        _entry.Write(outbound, JsonMediaType.Matches(progress.Batch.ContentType), isTimely, entry);
        if (entry.Length <= MaxEntryBytes)
            return true;
        progress.Refuse(index, FailureKind.TooLarge, $"The event has {entry.Length} bytes as a log, and Datadog cuts what goes beyond {MaxEntryBytes} without a word");
        return false;
    }
}
