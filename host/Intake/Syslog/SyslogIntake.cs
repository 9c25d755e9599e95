using System.Runtime.InteropServices;

namespace AuditHost.Intake.Syslog;

/// <summary>Syslog messages on their way to the journal, as events. A message's own bytes are the caller's again at once.</summary>
internal sealed class SyslogIntake : IDisposable
{
    private const int FirstBytes = 64 << 10;

    private readonly PooledBuffer _json = new(FirstBytes);
    private readonly List<(Range Place, EventIndex Index)> _events = [];
    private readonly SyslogEventWriter _writer;
    private readonly PendingIntake _pending;

    public SyslogIntake(EventPumpContext context)
    {
        _writer = new SyslogEventWriter(_json, context.Time);
        _pending = new PendingIntake(context);
    }

    /// <summary>How many messages more were rejected than taken.</summary>
    public long Excess => _pending.Excess - _events.Count;

    public bool IsFull => _json.Length >= PendingIntake.MaxBytes || _pending.IsFull;

    /// <summary>Whether a flush was ended before its end: until it is done, nothing may be added.</summary>
    public bool IsStuck => _pending.Batch.Count > 0;

    /// <param name="message">The message without what frames it.</param>
    /// <param name="peer">The address it came from.</param>
    public void Add(ReadOnlySpan<byte> message, string peer)
    {
        int start = _json.Length;
        EventIndex index = _writer.Write(message, peer);
        _events.Add((start.._json.Length, index));
    }

    /// <summary>Keeps what is no message.</summary>
    public void Reject(string peer, long offset, long length, ReadOnlySpan<byte> firstBytes, string reason) =>
        _pending.Reject(new RejectedPiece(peer, offset, length, firstBytes[..Math.Min(firstBytes.Length, IRejectedInput.KeptBytes)].ToArray(), reason));

    /// <summary>Makes everything durable.</summary>
    public async ValueTask FlushAsync(CancellationToken cancellationToken)
    {
        // Only now: while events were added, the buffer may have moved.
        foreach (ref readonly (Range Place, EventIndex Index) one in CollectionsMarshal.AsSpan(_events))
            _pending.Batch.Add(_json.Slice(one.Place), one.Index);

        _events.Clear();
        await _pending.FlushAsync(cancellationToken);
        _json.Truncate(0);
    }

    public void Dispose() => _json.Dispose();
}
