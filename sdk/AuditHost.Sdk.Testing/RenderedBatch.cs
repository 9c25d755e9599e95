using System.Buffers;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace AuditHost.Sdk.Testing;

/// <summary>A batch as the host prepares it for a connector: only the renderings it asked for, in memory that is taken back after the send.</summary>
public sealed class RenderedBatch
{
    /// <summary>What the memory of a batch is overwritten with once it is the host's again.</summary>
    public const string Taken = "<<TAKEN-BACK>>";

    private readonly byte[] _payloads;
    private readonly byte[] _body;

    private RenderedBatch(EventBatch events, byte[] payloads, byte[] body)
    {
        Events = events;
        _payloads = payloads;
        _body = body;
    }

    /// <summary>What goes to <see cref="IConnector.SendAsync"/>.</summary>
    public EventBatch Events { get; }

    /// <summary>How many events there are.</summary>
    public int Count => Events.Count;

    /// <summary>Renders events for a connector with given settings.</summary>
    /// <param name="factory">The connector's factory, which says what it reads and how events are joined.</param>
    /// <param name="settings">The destination's own keys as JSON.</param>
    /// <param name="formatter">Writes each event.</param>
    /// <param name="events">The events, each parsed by <see cref="TestEvent"/> for this batch alone.</param>
    /// <param name="attempt">1 for the first attempt.</param>
    public static RenderedBatch Create(
        ConnectorFactory factory, string settings, IEventFormatter formatter, IReadOnlyList<AuditEvent> events, int attempt = 1)
    {
        ArgumentNullException.ThrowIfNull(factory);
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(formatter);
        ArgumentNullException.ThrowIfNull(events);
        BatchContent content = factory.Content(Encoding.UTF8.GetBytes(settings));
        Framing framing = factory.Info.Framing ?? (factory.Info.DefaultFormat == "json" ? Framing.JsonArray : Framing.Newline);
        var payloads = new ArrayBufferWriter<byte>();
        int[] ends = new int[events.Count];
        for (int index = 0; index < events.Count; index++)
        {
            formatter.Format(events[index], payloads);
            ends[index] = payloads.WrittenCount;
        }

        byte[] payload = payloads.WrittenSpan.ToArray();
        byte[] body = content.HasFlag(BatchContent.Body) ? Join(payload, ends, framing) : [];
        var outbound = new OutboundEvent[events.Count];
        for (int index = 0; index < events.Count; index++)
        {
            int start = index == 0 ? 0 : ends[index - 1];
            ReadOnlyMemory<byte> slice = content.HasFlag(BatchContent.Payload) ? payload.AsMemory(start, ends[index] - start) : default;
            outbound[index] = new OutboundEvent(events[index], "log", slice);
        }

        string contentType = framing == Framing.Newline && formatter.ContentType == "application/json" ? "application/x-ndjson" : formatter.ContentType;
        return new RenderedBatch(new EventBatch(outbound, body, contentType, attempt), payload, body);
    }

    /// <summary>Takes the memory back, as the host does when the send has ended: it is filled with <see cref="Taken"/>.</summary>
    public void TakeBack()
    {
        Overwrite(_payloads);
        Overwrite(_body);
        for (int index = 0; index < Events.Count; index++)
        {
            if (MemoryMarshal.TryGetArray(Events[index].Event.Json, out ArraySegment<byte> json))
                Overwrite(json);
        }
    }

    private static void Overwrite(Span<byte> memory)
    {
        for (int index = 0; index < memory.Length; index++)
            memory[index] = (byte)Taken[index % Taken.Length];
    }

    private static byte[] Join(byte[] payload, int[] ends, Framing framing)
    {
        var body = new ArrayBufferWriter<byte>();
        if (framing == Framing.JsonArray)
            body.Write("["u8);
        for (int index = 0; index < ends.Length; index++)
        {
            ReadOnlySpan<byte> one = payload.AsSpan(index == 0 ? 0 : ends[index - 1], ends[index] - (index == 0 ? 0 : ends[index - 1]));
            if (framing == Framing.JsonArray && index > 0)
                body.Write(","u8);
            if (framing == Framing.OctetCount)
                body.Write(Encoding.ASCII.GetBytes(one.Length.ToString(CultureInfo.InvariantCulture) + " "));
            body.Write(one);
            if (framing is Framing.Newline or Framing.Nul)
                body.Write(framing == Framing.Nul ? "\0"u8 : "\n"u8);
        }

        if (framing == Framing.JsonArray)
            body.Write("]"u8);
        return body.WrittenSpan.ToArray();
    }
}
