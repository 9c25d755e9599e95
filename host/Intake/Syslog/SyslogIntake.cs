namespace AuditHost.Intake.Syslog;

/// <summary>Syslog messages on their way to the journal, as events. A message's own bytes are the caller's again at once.</summary>
internal sealed class SyslogIntake : IDisposable
{
    private const int FirstBytes = 64 << 10;

    private readonly PooledBuffer _json = new(FirstBytes);
    private readonly List<Range> _events = [];
    private readonly SyslogEventWriter _writer;
    private readonly PendingIntake _pending;

    public SyslogIntake(EventPumpContext context)
    {
        _writer = new SyslogEventWriter(_json, context.Time);
        _pending = new PendingIntake(context);
    }

    public long Accepted => _pending.Accepted;

    public long Rejected => _pending.Rejected;

    public bool IsFull => _json.Length >= PendingIntake.MaxBytes || _pending.IsFull;

    /// <summary>Whether a flush was ended before its end: until it is done, nothing may be added.</summary>
    public bool IsStuck => _pending.Batch.Count > 0;

    /// <param name="message">The message without what frames it.</param>
    /// <param name="peer">The address it came from.</param>
    public void Add(ReadOnlySpan<byte> message, string peer)
    {
        int start = _json.Length;
        _writer.Write(message, peer);
        _events.Add(start.._json.Length);
    }

    /// <summary>Keeps what is no message.</summary>
    public void Reject(string peer, long offset, long length, ReadOnlySpan<byte> firstBytes, string reason) =>
        _pending.Reject(new RejectedPiece(peer, offset, length, firstBytes[..Math.Min(firstBytes.Length, IRejectedInput.KeptBytes)].ToArray(), reason));

    /// <summary>Makes everything durable.</summary>
    public async ValueTask FlushAsync(CancellationToken cancellationToken)
    {
        // Only now: while events were added, the buffer may have moved.
        foreach (Range range in _events)
        {
            ReadOnlyMemory<byte> json = _json.Slice(range);
            if (EventParser.TryParse(json.Span, out EventIndex index, out EventError? error))
                _pending.Batch.Add(json, index);
            else
                throw new InvalidOperationException($"An event made of a syslog message is none: {error!.Reason}");
        }

        _events.Clear();
        await _pending.FlushAsync(cancellationToken);
        _json.Truncate(0);
    }

    public void Dispose()
    {
        _writer.Dispose();
        _json.Dispose();
    }
}
