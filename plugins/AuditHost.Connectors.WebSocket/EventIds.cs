using System.Text;
using AuditHost.PluginKit.Text;
using AuditHost.Sdk;

namespace AuditHost.Connectors.WebSocket;

/// <summary>The ids that the server acknowledges events by.</summary>
/// <param name="path">Where an event has its own; <see langword="null"/> for the host's key.</param>
/// <param name="hasEnvelope">Whether an event that has none can be given one.</param>
internal sealed class EventIds(string? path, bool hasEnvelope)
{
    /// <summary>Whether two events can have the same id.</summary>
    public bool CanRepeat => path is not null;

    /// <summary>Why an event without an id cannot be sent.</summary>
    public string Lack => $"The event has no {path} by which the server could acknowledge it. With envelope: true each event gets an id";

    /// <summary>Writes an event's id in place of what the buffer holds.</summary>
    /// <returns>Whether it has one; with an envelope it always has.</returns>
    public bool TryWrite(in OutboundEvent outbound, PooledBuffer target)
    {
        target.Clear();
        if (path is not null && outbound.Event.Find(path) is { Kind: EventValueKind.String or EventValueKind.Number, Raw.IsEmpty: false } value)
        {
            value.WriteTo(target);
            return true;
        }

        if (hasEnvelope)
            WriteKey(outbound.Key, target);
        return hasEnvelope;
    }

    private static void WriteKey(string key, PooledBuffer target) =>
        target.Advance(Encoding.UTF8.GetBytes(key, target.GetSpan(Encoding.UTF8.GetMaxByteCount(key.Length))));
}
