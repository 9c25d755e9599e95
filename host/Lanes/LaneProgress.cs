using AuditHost.Journal;

namespace AuditHost.Lanes;

/// <summary>
/// Whether a lane gets on, told by its cursor alone: a lane whose process lives, whose calls hang or whose rounds fail without end looks
/// well from every other side. Time is the monotonic clock's; it runs while events wait and begins anew whenever the cursor moves.
/// </summary>
/// <param name="cursor">The lane's cursor.</param>
/// <param name="journal">What it stands in.</param>
/// <param name="patience">After how long without a move the lane is stalled; zero: never.</param>
/// <param name="time">The clock.</param>
internal sealed class LaneProgress(Cursor cursor, EventJournal journal, TimeSpan patience, TimeProvider time)
{
    private readonly Lock _lock = new();
    private ulong _position;
    private long _movedAt = time.GetTimestamp();
    private ulong _readPosition;
    private DateTimeOffset? _readReceivedAt;
    private volatile bool _isHolding;

    /// <summary>Whether the lane holds events back as its site wishes: then it stands still, and yet is not stalled.</summary>
    public bool IsHolding
    {
        get => _isHolding;
        set => _isHolding = value;
    }

    /// <summary>Whether events wait and the cursor has not moved for longer than is allowed.</summary>
    public bool IsStalled => patience > TimeSpan.Zero && Unmoved >= patience;

    /// <summary>
    /// For how long events have waited without the cursor moving; zero where none wait. It must be looked at now and then to notice when
    /// a lane was level last: <see cref="StallWatch"/> does, and whoever asks in between.
    /// </summary>
    public TimeSpan Unmoved
    {
        get
        {
            lock (_lock)
            {
                ulong position = cursor.State.Position;
                bool level = position >= journal.NextSequence;
                if (level || position != _position || IsHolding)
                {
                    _position = position;
                    _movedAt = time.GetTimestamp();
                }

                return level ? TimeSpan.Zero : time.GetElapsedTime(_movedAt);
            }
        }
    }

    /// <summary>
    /// How long ago the oldest event that is not settled was received, by the machine's clock; <see langword="null"/> where none waits or
    /// the journal cannot be read. Reads the journal at most once for each place of the cursor.
    /// </summary>
    public TimeSpan? OldestAge
    {
        get
        {
            ulong position = cursor.State.Position;
            if (position >= journal.NextSequence || ReceivedAt(position) is not { } receivedAt)
                return null;
            TimeSpan age = time.GetUtcNow() - receivedAt;
            return age > TimeSpan.Zero ? age : TimeSpan.Zero;
        }
    }

    private DateTimeOffset? ReceivedAt(ulong position)
    {
        lock (_lock)
        {
            if (_readPosition == position)
                return _readReceivedAt;
        }

        if (!TryRead(position, out DateTimeOffset? receivedAt))
            return null;
        lock (_lock)
            (_readPosition, _readReceivedAt) = (position, receivedAt);
        return receivedAt;
    }

    private bool TryRead(ulong position, out DateTimeOffset? receivedAt)
    {
        receivedAt = null;
        try
        {
            EventBlock? block = journal.TryRead(position);
            if (block is null)
                return false;
            try
            {
                // A block may begin later where events are gone; then its first one is the oldest.
                if (block.Count > 0)
                    receivedAt = block[(int)(Math.Max(position, block.FirstSequence) - block.FirstSequence)].ReceivedAt;
                return true;
            }
            finally
            {
                block.Release();
            }
        }
        catch (IOException)
        {
            // The lane meets the same disk and says so.
            return false;
        }
    }
}
