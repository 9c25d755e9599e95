using AuditHost.Intake;
using AuditHost.Journal.Quarantine;
using AuditHost.Journal.Records;
using AuditHost.Journal.Storage;

namespace AuditHost.Journal;

/// <summary>Writes, alone: takes what waits as a group, makes it durable, shows it to the lanes and answers the senders.</summary>
internal sealed class Committer(
    RecordLog log, AppendQueue queue, ICommitThread thread, BlockPool pool, EventTail tail, HeadSignal head, SpaceKeeper space, DamageQuarantine quarantine, ReceiptClock clock)
{
    private const int IdLength = 16;

    /// <summary>Senders wait meanwhile, so not many damaged places are copied in one go.</summary>
    private const int PlacesAtOnce = 16;

    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly List<AppendRequest> _group = [];
    private long _commits;
    private long _events;
    private long _bytes;

    public long Commits => Volatile.Read(ref _commits);

    public long EventsAppended => Volatile.Read(ref _events);

    /// <summary>The events' own bytes.</summary>
    public long BytesAppended => Volatile.Read(ref _bytes);

    /// <summary>Why the last group could not be written; <see langword="null"/> once one was.</summary>
    public string? Failure { get; private set; }

    /// <summary>Ends when the queue is closed and everything in it was answered.</summary>
    public Task Ended => _ended.Task;

    /// <summary>Works off the queue.</summary>
    /// <returns><see langword="false"/> once it is closed and everything in it was answered.</returns>
    public bool Work()
    {
        while (queue.TryTakeGroup(_group, out bool maintenance))
        {
            if (maintenance)
                Maintain();
            if (_group.Count > 0)
                Commit();
            _group.Clear();
            thread.LetReadersGoOn(tail);
        }

        if (!queue.IsClosed)
            return true;
        _ended.TrySetResult();
        return false;
    }

    private void Commit()
    {
        EventBlock? block = null;
        try
        {
            long size = SizeOfGroup();
            space.Demand(size);
            block = pool.Rent(size, log.NextSequence);
            Fill(block);
            log.Append(block.Page);
        }
        catch (Exception exception)
        {
            // Whatever it was: the senders must hear of it, and the thread must live for the next group.
            block?.Release();
            Fail(exception);
            return;
        }

        Failure = null;
        ulong first = block.FirstSequence;
        _commits++;
        _events += block.Count;
        tail.Publish(block);
        head.Move();
        foreach (AppendRequest request in _group)
        {
            ulong count = (ulong)request.Batch.Count;
            _bytes += request.Batch.Bytes;
            request.Complete(new AppendReceipt(first, first + count - 1));
            first += count;
        }
    }

    private long SizeOfGroup()
    {
        long size = FrameWriter.FrameOverhead;
        foreach (AppendRequest request in _group)
            size += AppendQueue.SizeOf(request.Batch);
        return size;
    }

    private void Fill(EventBlock block)
    {
        Span<byte> id = stackalloc byte[IdLength];
        long now = clock.Stamp(log.NextSequence).UtcTicks;
        FrameWriter writer = log.Begin(block.Page);
        foreach (AppendRequest request in _group)
        {
            for (int index = 0; index < request.Batch.Count; index++)
            {
                ref readonly IntakeBatch.Entry entry = ref request.Batch[index];
                bool assigned = entry.AssignedId?.TryWriteBytes(id) ?? false;
                writer.AddEvent(entry.Json.Span, now, assigned ? RecordFlags.AssignedId : RecordFlags.None, assigned ? id : default);
            }
        }

        writer.End();
        int record = 0;
        foreach (AppendRequest request in _group)
        {
            for (int index = 0; index < request.Batch.Count; index++)
                block.Add(block.Page.Records[record++], request.Batch[index].Index);
        }
    }

    private void Fail(Exception exception)
    {
        bool full = exception is JournalFullException || (exception is IOException error && NativeFile.IsDiskFull(error));
        JournalFullException? reason = full ? exception as JournalFullException ?? space.DiskFull() : null;
        Failure = full ? null : exception.Message;
        foreach (AppendRequest request in _group)
        {
            request.Fail(reason is not null
                ? new JournalFullException(reason.Message, reason.RetryAfter)
                : new JournalFailedException($"The journal could not write the events: {exception.Message}", exception));
        }
    }

    private void Maintain()
    {
        quarantine.Keep(PlacesAtOnce);
        try
        {
            space.Maintain(0, pressed: false);
        }
        catch (IOException exception)
        {
            Failure = $"Old segments could not be deleted: {exception.Message}";
        }
    }
}
