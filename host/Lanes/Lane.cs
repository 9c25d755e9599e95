using AuditHost.Configuration.Options;
using AuditHost.Delivery;
using AuditHost.Journal;
using AuditHost.Lanes.Alerts;
using AuditHost.Lanes.Drops;
using AuditHost.Sdk;
using Microsoft.Extensions.Logging;

namespace AuditHost.Lanes;

/// <summary>
/// One destination's way through the journal: cursor, filter, format, batch, delivery, cursor. A lane holds up nobody but itself.
/// Its loop alone moves the cursor, in journal order, and only over events that are settled.
/// </summary>
internal sealed partial class Lane : IDisposable
{
    /// <summary>Looks at the journal at least this often, whatever signal may have been missed.</summary>
    private static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(1);

    /// <summary>How long a connector that was told to end its call may take over it.</summary>
    private static readonly TimeSpan AbortPatience = TimeSpan.FromSeconds(5);

    /// <summary>A lane keeps its batches, and the pool's arrays above this are up to twice as large as they need be.</summary>
    private const int LargestPooled = 512 << 10;

    // Read by everybody.
    private readonly EventJournal _journal;
    private readonly IDeadLetterSink _deadLetters;
    private readonly Cursor _cursor;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;

    private readonly LaneQuota? _quota;

    // Read by everybody, exchanged by the loop.
    private volatile Destination _destination;

    // The loop's own.
    private IBatchDelivery _delivery;
    private LaneReader _reader;
    private AlertDesk? _alerts;
    private readonly Queue<Flight> _inFlight = new();
    private readonly Stack<LaneBatch> _spare = new();
    private Task? _arrival;
    private Task? _correction;

    // Between the loop and the others.
    private readonly LaneInbox _inbox = new();
    private readonly LevelWaiters _waiters;
    private readonly LaneTickets _tickets = new();
    private readonly LaneOrder<ulong> _rewinds = new("The destination is taking over another backlog.");
    private readonly LaneOrder<Destination> _exchanges = new("The destination is taking over another version of its plugin.");

    public Lane(Destination destination, EventJournal journal, IDeadLetterSink deadLetters, TimeProvider time, ILogger logger, DropLog? drops = null)
    {
        _destination = destination;
        _journal = journal;
        _deadLetters = deadLetters;
        _time = time;
        _logger = logger;
        _quota = LaneQuota.Of(destination.Options, journal, drops, time);
        _cursor = journal.OpenCursor(destination.Options.Name, destination.Options.OnFull == FullPolicy.Block ? destination.Options.Quota : null);
        (_alerts, _delivery, _reader) = PartsFor(destination);
        _waiters = new LevelWaiters(() => _cursor.State.Position);
        Progress = new LaneProgress(_cursor, journal, destination.Options.StalledAfter, time);
        destination.Watch.Stalled += _waiters.Stall;
    }

    public Destination Destination => _destination;

    /// <summary>Whether it gets on.</summary>
    public LaneProgress Progress { get; }

    /// <summary>The books as last written.</summary>
    public CursorState Books => _cursor.State;

    /// <summary>The sequence number of the event to come.</summary>
    public ulong Head => _journal.NextSequence;

    /// <summary>Accepted by the host and not yet settled here.</summary>
    public ulong Buffered => LaneBooks.Of(this).Buffered;

    /// <summary>Runs until stopped.</summary>
    /// <param name="stopping">Ends the loop and every wait; attempts under way may still finish.</param>
    /// <param name="aborting">Ends the attempts under way.</param>
    public async Task RunAsync(CancellationToken stopping, CancellationToken aborting)
    {
        LaneBatch open = OpenBatch();

        // A loop that fails takes its deliveries along: nobody would settle them.
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        _rewinds.Begin();
        _exchanges.Begin();
        _quota?.Begin(_cursor.State.Position);
        try
        {
            _alerts?.Begin();
            await StartAsync(open, stopping);
            await _destination.Guard.BeginAsync(_cursor.State.Position, (int)Math.Min((ulong)Window, Head - _cursor.State.Position), stopping);
            while (!stopping.IsCancellationRequested)
            {
                SettleFinished();
                await MoveAsync(open);
                if (await TryExchangeAsync(open))
                    await StartAsync(open, stopping);
                FillResult result = await FillAsync(open, stopping);
                bool idle = _inFlight.Count == 0;
                bool send = IsToBeSent(open, result, idle);
                Progress.IsHolding = _alerts is not null && idle && open.Count > 0 && !send;
                if (open.Count == 0 && !open.IsEmpty && idle && !send)
                {
                    Settle(open, default);
                    open.Open(_reader.Position, _time.GetTimestamp());
                }
                else if (send && _inFlight.Count < _destination.Limits.MaxInFlight)
                {
                    Dispatch(open, ending.Token, aborting);
                    open = OpenBatch();
                }
                else if (result != FillResult.Scanned)
                {
                    await WaitAsync(open, full: result == FillResult.Full, blocked: send, stopping);
                }
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // The stop asked for: what is not settled stays in the journal.
        }
        finally
        {
            ending.Cancel();
            await FinishAsync(aborting);
            open.Dispose();
            _destination.Guard.End();
            _rewinds.End();
            _exchanges.End();
            _waiters.Break();
        }
    }

    /// <summary>Ends when everything before a sequence number is settled, or when the destination could not take it for a whole round.</summary>
    /// <returns>Whether the lane is level.</returns>
    public Task<bool> WaitUntilLevelAsync(ulong sequence)
    {
        Task<bool> level = _waiters.AddAsync(sequence);

        // A lane that holds events back for people sends them now.
        _inbox.Signal();
        return level;
    }

    /// <summary>Begins to note what becomes of events, for a sender who is about to have them stored.</summary>
    public DeliveryTicket Follow() => _tickets.Draw(_destination.Options.Name, _journal.NextSequence, _cursor.State.Position);

    /// <summary>Its loop failed in a way nobody foresaw: it stands still, and says so.</summary>
    public void Break(Exception exception)
    {
        _destination.Watch.Broke(exception.Message);
        _waiters.Break();
    }

    /// <summary>
    /// Brings the books and the dead letters in line before the loop runs. A crash may have kept the latest orders out of the books, or the
    /// cursor from moving past an event whose letter is durable: it is tried again, and what becomes of it then counts.
    /// </summary>
    public async ValueTask ReconcileAsync(DeadLetterStore letters)
    {
        string name = _destination.Options.Name;
        CursorState books = _cursor.State;
        try
        {
            // Only from a place that will be found again: a letter that is gone while its event is passed over would be a loss.
            if (_cursor.Failure is null)
                await letters.WithdrawAsync(name, books.Position);
        }
        catch (IOException exception)
        {
            _logger.LogWarning(exception, "Dead letters of events that are tried again could not be withdrawn; they stay until the events die again, or the next start.");
        }

        CursorState right = BooksReconciliation.Of(books, (ulong)letters.CountBefore(name, books.Position), letters.Resolved(name));
        if (right == books)
            return;
        _logger.LogWarning("The books did not hold the latest orders about dead letters: {Before} is now {After}.", books, right);
        WriteBooks(right);
    }

    /// <summary>Moves dead letters to another page of the books: delivered after all, or dropped at an operator's wish.</summary>
    public void Rebook(ulong delivered, ulong dropped) => _inbox.Post(delivered, dropped);

    public void Dispose()
    {
        // On a site that was only opened no loop has run that would have booked what an operator did.
        TakeCorrections();
        _reader.Dispose();
        while (_spare.TryPop(out LaneBatch? batch))
            batch.Dispose();
    }

    /// <summary>Reads on. A disk that does not give the journal back now may do so later: the lane says so and tries again.</summary>
    private async ValueTask<FillResult> FillAsync(LaneBatch open, CancellationToken stopping)
    {
        while (true)
        {
            try
            {
                if (_alerts is not null || !_destination.Guard.IsCareful)
                    return _reader.Fill(open);
                return _inFlight.Count > 0 ? FillResult.Full : await _reader.FillCarefullyAsync(open, stopping);
            }
            catch (IOException exception)
            {
                _destination.Watch.RoundFailed(
                    DeliveryResult.Failed(FailureKind.Transient, $"The journal cannot be read: {exception.Message}"), Heartbeat);
                await Task.Delay(Heartbeat, _time, stopping);
                await MoveAsync(open);
            }
        }
    }

    private bool Lingered(LaneBatch open) => _time.GetElapsedTime(open.OpenedAt) >= _destination.Limits.Linger;

    private void Dispatch(LaneBatch batch, CancellationToken stopping, CancellationToken aborting) =>
        _inFlight.Enqueue(Flight.Begin(batch, _delivery, stopping, aborting));

    private void SettleFinished()
    {
        while (_inFlight.TryPeek(out Flight? first) && first.Delivery.IsCompletedSuccessfully)
        {
            _inFlight.Dequeue();
            NoteAlerts(first.Batch, first.Delivery.Result);
            Settle(first.Batch, first.Delivery.Result);
            _spare.Push(first.Batch);
            first.Dispose();
        }

        TakeCorrections();
    }

    private void TakeCorrections()
    {
        if (_inbox.TryTake(_cursor.State.DeadLettered, out ulong delivered, out ulong dropped))
            WriteBooks(_cursor.State with
            {
                Delivered = _cursor.State.Delivered + delivered,
                Dropped = _cursor.State.Dropped + dropped,
                DeadLettered = _cursor.State.DeadLettered - delivered - dropped,
            });
    }

    private void Settle(LaneBatch batch, Settlement settlement)
    {
        CursorState books = _cursor.State;
        CursorState next = books with
        {
            Position = batch.EndSequence,
            Delivered = books.Delivered + settlement.Delivered,
            DeadLettered = books.DeadLettered + settlement.DeadLettered,
            Filtered = books.Filtered + (ulong)batch.Filtered,
            Dropped = books.Dropped + batch.Missing + settlement.Dropped,
        };
        if (batch.Missing > 0)
            _logger.LogError("Events no longer in the journal: {Count} before {Sequence}; booked as dropped.", batch.Missing, batch.EndSequence);
        WriteBooks(next);
        _tickets.Note(batch, settlement);
        batch.Clear();
    }

    private void WriteBooks(CursorState books)
    {
        _cursor.Write(books);
        _waiters.Reached();
    }

    private async Task WaitAsync(LaneBatch open, bool full, bool blocked, CancellationToken stopping)
    {
        _correction = _correction is { IsCompleted: false } ? _correction : _inbox.Changed.InContext();
        var signals = new List<Task>(4) { _correction };
        if (_inFlight.TryPeek(out Flight? first))
            signals.Add(first.Delivery);
        if (!full)
        {
            _arrival = _arrival is { IsCompleted: false } ? _arrival : _journal.WaitForAsync(_reader.Position, stopping).AsTask();
            signals.Add(_arrival);
        }

        // A batch that is ready and finds no place waits for a place: its linger is over and would end the wait at once.
        TimeSpan patience = open.Count > 0 && !full && !blocked && _alerts is null ? _destination.Limits.Linger - _time.GetElapsedTime(open.OpenedAt) : Heartbeat;
        using var timer = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        signals.Add(Task.Delay(patience > TimeSpan.Zero ? patience : TimeSpan.Zero, _time, timer.Token).EndInContext());
        await Task.WhenAny(signals);
        timer.Cancel();
        if (first?.Delivery is { IsCompleted: true, IsCompletedSuccessfully: false } failed)
            await failed;
    }

    private LaneBatch OpenBatch()
    {
        LaneBatch batch = _spare.TryPop(out LaneBatch? spare) ? spare : new LaneBatch(LargestPooled) { Alerts = _alerts is null ? null : new AlertGroups() };
        batch.Open(_reader.Position, _time.GetTimestamp());
        return batch;
    }

    /// <summary>Settles what finished in time, in order, and lets go of the rest.</summary>
    private async Task FinishAsync(CancellationToken aborting)
    {
        Task calls = Task.WhenAll(_inFlight.Select(static inFlight => inFlight.Delivery));
        await calls.WaitAsync(aborting).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        if (!calls.IsCompleted)
            await calls.WaitAsync(AbortPatience, _time, CancellationToken.None).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        SettleFinished();
        while (_inFlight.TryDequeue(out Flight? unsettled))
        {
            if (unsettled.Delivery.IsCompleted)
            {
                unsettled.Batch.Dispose();
                unsettled.Dispose();
                continue;
            }

            // Its memory is never used again, because the connector may still read it.
            _logger.LogError(
                "The connector goes on with a call that it was told to end; the call is left behind. Its {Count} events stay in the journal.", unsettled.Batch.Count);
        }
    }
}
