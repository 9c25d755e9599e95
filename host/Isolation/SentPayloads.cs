using System.Collections.Concurrent;

namespace AuditHost.Isolation;

/// <summary>What was sent of refused events, from the answer that says so to the dead letter that keeps it.</summary>
internal sealed class SentPayloads
{
    /// <summary>More than any batch; what nobody asks for, because its batch was given up, must not pile up.</summary>
    private const int Most = 20_000;

    private readonly ConcurrentDictionary<ulong, byte[]> _payloads = new();

    public void Keep(IReadOnlyDictionary<ulong, byte[]>? sent)
    {
        if (sent is null)
            return;
        if (_payloads.Count + sent.Count > Most)
            _payloads.Clear();
        foreach ((ulong sequence, byte[] payload) in sent)
            _payloads[sequence] = payload;
    }

    public ReadOnlyMemory<byte> Take(ulong sequence) => _payloads.TryRemove(sequence, out byte[]? payload) ? payload : default;
}
