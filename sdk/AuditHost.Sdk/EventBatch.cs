namespace AuditHost.Sdk;

/// <summary>Consecutive events for one destination, in journal order. The memory behind it is the host's.</summary>
public sealed class EventBatch
{
    private readonly ReadOnlyMemory<OutboundEvent> _events;

    /// <summary>Creates a batch; the host and tests do.</summary>
    public EventBatch(ReadOnlyMemory<OutboundEvent> events, ReadOnlyMemory<byte> body, string contentType, int attempt = 1)
    {
        _events = events;
        Body = body;
        ContentType = contentType;
        Attempt = attempt;
    }

    /// <summary>How many events there are.</summary>
    public int Count => _events.Length;

    /// <summary>The event at an index.</summary>
    public ref readonly OutboundEvent this[int index] => ref _events.Span[index];

    /// <summary>All events, framed, or rendered by a body template. Empty unless <see cref="BatchContent.Body"/> was asked for.</summary>
    public ReadOnlyMemory<byte> Body { get; }

    /// <summary>The media type of <see cref="Body"/>.</summary>
    public string ContentType { get; }

    /// <summary>1 for the first attempt.</summary>
    public int Attempt { get; }
}
