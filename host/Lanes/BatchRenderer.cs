using System.Buffers;
using System.Globalization;
using AuditHost.Formatting;
using AuditHost.Formatting.Library;
using AuditHost.Sdk;

namespace AuditHost.Lanes;

/// <summary>Renders batches for one destination: each event once, straight into the batch's buffer, framed as the body wants it.</summary>
internal sealed class BatchRenderer
{
    private readonly string _destination;
    private readonly string _logId;
    private readonly IEventFormatter? _formatter;
    private readonly IBodyFormatter? _body;
    private readonly Framing _framing;

    /// <summary>Creates the renderer of a destination.</summary>
    /// <param name="destination">Its name.</param>
    /// <param name="logId">The journal's id, part of every delivery key.</param>
    /// <param name="content">What the connector reads; nothing else is rendered.</param>
    /// <param name="framing">How events are joined into the body.</param>
    /// <param name="formatter">Renders one event.</param>
    /// <param name="body">Renders the whole body, instead of joining events.</param>
    /// <param name="template">The template that one of the two is of, where its file may change.</param>
    public BatchRenderer(
        string destination, Guid logId, BatchContent content, Framing framing, IEventFormatter formatter, IBodyFormatter? body, LiveTemplate? template = null)
    {
        Template = template;
        _destination = destination;
        _logId = logId.ToString("n", CultureInfo.InvariantCulture);
        _body = content.HasFlag(BatchContent.Body) ? body : null;
        bool joins = content.HasFlag(BatchContent.Body) && body is null;
        _formatter = joins || content.HasFlag(BatchContent.Payload) ? formatter : null;
        _framing = joins ? framing : Framing.None;
        ContentType = _body?.ContentType ?? ContentTypeOf(framing, formatter.ContentType);
    }

    public string ContentType { get; }

    /// <summary>The template; <see langword="null"/> where a format renders.</summary>
    public LiveTemplate? Template { get; }

    /// <summary>Adds an event to a batch. One that cannot be expressed is noted with the reason.</summary>
    public void Append(LaneBatch batch, AuditEvent auditEvent)
    {
        PooledBuffer buffer = batch.Rendered;
        int before = buffer.Length;
        if (batch.Count == 0)
            batch.Template = Template?.Current; // For all of the batch and each of its attempts, whatever becomes of the file.
        try
        {
            batch.Add(auditEvent, before, _formatter is null ? default : Write(batch, auditEvent, before));
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            // Whatever a formatter throws concerns this one event: the others of the batch must not suffer for it.
            buffer.Truncate(before);
            batch.Add(auditEvent, before, default, RenderingReason.Of(exception));
        }
    }

    /// <summary>Adds an event where the body has room for it. A batch takes its first event whatever its size.</summary>
    public bool TryAppend(LaneBatch batch, AuditEvent auditEvent, int maxBytes)
    {
        Append(batch, auditEvent);
        if (batch.Count == 1 || batch.Bytes + Framer.ClosingBytes(_framing) <= maxBytes)
            return true;

        // It opens the next batch instead; rendering one event per batch twice is cheaper than measuring each first.
        batch.RemoveLast();
        return false;
    }

    /// <summary>Renders a part of a batch for one attempt. The same part always gives the same bytes.</summary>
    /// <param name="batch">The batch.</param>
    /// <param name="part">Which of its events.</param>
    /// <param name="attempt">1 for the first.</param>
    /// <param name="scratch">Where a body is put together that the batch's own buffer does not already hold.</param>
    /// <exception cref="FormatException">The body template cannot express this part.</exception>
    public SealedBatch Seal(LaneBatch batch, BatchPart part, int attempt, PooledBuffer scratch)
    {
        OutboundEvent[] events = ArrayPool<OutboundEvent>.Shared.Rent(part.Count);
        try
        {
            for (int i = 0; i < part.Count; i++)
            {
                int index = part[i];
                events[i] = new OutboundEvent(batch[index], _logId, _formatter is null ? default : batch.Payload(index));
            }

            ReadOnlyMemory<OutboundEvent> filled = events.AsMemory(0, part.Count);
            return new SealedBatch(new EventBatch(filled, Body(batch, part, filled.Span, scratch), ContentType, attempt), events);
        }
        catch
        {
            ArrayPool<OutboundEvent>.Shared.Return(events, clearArray: true);
            throw;
        }
    }

    /// <summary>Makes a batch's body as an attempt does, and throws it away: what a template does to the process shows before anything is sent.</summary>
    public void Rehearse(LaneBatch batch)
    {
        if (_body is null)
            return;
        using var scratch = new PooledBuffer(256);
        try
        {
            Seal(batch, BatchPart.Whole(batch.Count), 1, scratch).Dispose();
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            // The attempt comes to the same end, and books it.
        }
    }

    private ReadOnlyMemory<byte> Body(LaneBatch batch, BatchPart part, ReadOnlySpan<OutboundEvent> events, PooledBuffer scratch)
    {
        scratch.Truncate(0);
        if (_body is not null)
        {
            (batch.Template?.Body ?? _body).Format(events, new BatchFacts(_destination, events[0].Key), scratch);
            return scratch.Written;
        }

        if (_framing == Framing.None)
            return _formatter is null ? default : Join(events, scratch);
        if (!part.IsWhole)
            return Join(events, scratch);
        if (_framing != Framing.JsonArray)
            return batch.Rendered.Written;

        // The closing bracket is the only byte that is not there yet; it goes again so that a later part starts clean.
        Framer.End(_framing, batch.Rendered);
        ReadOnlyMemory<byte> body = batch.Rendered.Written;
        batch.Rendered.Truncate(batch.Rendered.Length - Framer.ClosingBytes(_framing));
        return body;
    }

    private ReadOnlyMemory<byte> Join(ReadOnlySpan<OutboundEvent> events, PooledBuffer scratch)
    {
        Framer.Begin(_framing, scratch);
        for (int i = 0; i < events.Length; i++)
        {
            ReadOnlySpan<byte> payload = events[i].Payload.Span;
            Framer.BeforeEvent(_framing, first: i == 0, payload.Length, scratch);
            scratch.Write(payload);
            Framer.AfterEvent(_framing, scratch);
        }

        Framer.End(_framing, scratch);
        return scratch.Written;
    }

    private Range Write(LaneBatch batch, AuditEvent auditEvent, int before)
    {
        PooledBuffer buffer = batch.Rendered;
        if (before == 0)
            Framer.Begin(_framing, buffer);
        bool counted = _framing == Framing.OctetCount;
        if (!counted)
            Framer.BeforeEvent(_framing, first: before == 0, 0, buffer);
        int start = buffer.Length;
        (batch.Template?.Event ?? _formatter!).Format(auditEvent, buffer);
        int length = buffer.Length - start;
        if (counted)
        {
            // The count stands in front but is known only now.
            Span<byte> prefix = stackalloc byte[Framer.MaxOverhead];
            int size = Framer.WriteOctetCount(length, prefix);
            buffer.InsertAt(start, prefix[..size]);
            start += size;
        }

        Framer.AfterEvent(_framing, buffer);

        // Room for the end of the body, so that closing it never moves the buffer from under the payloads.
        _ = buffer.GetSpan(1);
        return start..(start + length);
    }

    private static string ContentTypeOf(Framing framing, string eventType) => (framing, eventType) switch
    {
        (Framing.Newline, "application/json") => "application/x-ndjson",
        _ => eventType,
    };
}
