using System.Buffers;

namespace AuditHost.PluginKit.Transport;

/// <summary>
/// The messages last sent over a connection. Plain syslog has no acknowledgement: what a broken connection swallowed is unknown,
/// so the tail goes out again on the next one.
/// </summary>
/// <param name="minEvents">How many messages are kept at least; whole batches are. 0 keeps none.</param>
/// <param name="time">The clock.</param>
internal sealed class ReplayTail(int minEvents, TimeProvider time) : IDisposable
{
    private const int MaxBytes = 16 << 20;

    /// <summary>A peer that closes in good order has read all that was sent this long before.</summary>
    private static readonly TimeSpan Doubtful = TimeSpan.FromSeconds(10);

    private readonly Queue<SentBatch> _batches = new();
    private int _events;
    private int _bytes;

    public int Events => _events;

    public void Add(ReadOnlyMemory<byte> frames, int count)
    {
        if (minEvents == 0)
            return;

        byte[] array = ArrayPool<byte>.Shared.Rent(frames.Length);
        frames.CopyTo(array);
        _batches.Enqueue(new SentBatch(array, frames.Length, count, time.GetTimestamp()));
        _events += count;
        _bytes += frames.Length;
        while (_events - _batches.Peek().Count >= minEvents || (_bytes > MaxBytes && _batches.Count > 1))
            Forget();
    }

    /// <summary>Drops what was sent so long before an orderly close that the peer must have read it.</summary>
    public void ForgetReadBefore(long closedAt)
    {
        while (_batches.TryPeek(out SentBatch oldest) && time.GetElapsedTime(oldest.SentAt, closedAt) > Doubtful)
            Forget();
    }

    public async ValueTask ReplayAsync(WatchedStream connection, CancellationToken cancellationToken)
    {
        foreach (SentBatch batch in _batches)
            await connection.WriteAsync(batch.Array.AsMemory(0, batch.Length), cancellationToken).ConfigureAwait(false);
    }

    public void Dispose()
    {
        while (_batches.Count > 0)
            Forget();
    }

    private void Forget()
    {
        SentBatch oldest = _batches.Dequeue();
        _events -= oldest.Count;
        _bytes -= oldest.Length;
        ArrayPool<byte>.Shared.Return(oldest.Array);
    }
}
