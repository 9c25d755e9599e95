using System.Text;
using AuditHost.Intake;

namespace AuditHost.Lanes;

/// <summary>What a destination would get of one event, or why it would get nothing.</summary>
internal readonly record struct EventRendering(ReadOnlyMemory<byte> Bytes, string? Error)
{
    public string Text => Encoding.UTF8.GetString(Bytes.Span);

    /// <summary>Renders an event as a batch of its own, with the code that does it for real.</summary>
    public static EventRendering Of(BatchRenderer renderer, ParsedEvent parsedEvent)
    {
        using var batch = new LaneBatch();
        using var scratch = new PooledBuffer(256);
        batch.Open(parsedEvent.Sequence, 0);
        renderer.Append(batch, parsedEvent);
        if (batch.RenderingError(0) is { } error)
            return new EventRendering(default, error);
        try
        {
            using SealedBatch rendered = renderer.Seal(batch, BatchPart.Whole(1), 1, scratch);
            ReadOnlyMemory<byte> bytes = rendered.Batch.Body.IsEmpty ? rendered.Batch[0].Payload : rendered.Batch.Body;
            return new EventRendering(bytes.ToArray(), null);
        }
        catch (FormatException exception)
        {
            return new EventRendering(default, exception.Message);
        }
    }
}
