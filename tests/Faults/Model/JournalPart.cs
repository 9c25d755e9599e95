using AuditHost.Configuration.Options;
using AuditHost.Intake;
using AuditHost.Journal;
using AuditHost.Journal.Records;

namespace AuditHost.Faults.Model;

/// <summary>The real journal with its cursors on a simulated disk, beside its model.</summary>
/// <param name="machine">What it runs on.</param>
/// <param name="options">Its sizes.</param>
/// <param name="firstNumber">The first event; where it lies decides which sizes of events a short sequence meets.</param>
internal sealed class JournalPart(Machine machine, JournalOptions options, int firstNumber = 1) : IMachinePart
{
    public const string Directory = Machine.Data + "/journal";

    private static readonly string[] Names = ["siem", "archive", "pager"];
    private static readonly TimeSpan BeyondRetention = TimeSpan.FromHours(1);

    private EventJournal? _journal;
    private int _number = firstNumber;

    public JournalModel Model { get; } = new();

    public bool IsOpen => _journal is not null;

    public void Open() => _journal =
        machine.Turns.Run(() => EventJournal.Open(Directory, options, machine.Clock, machine.Disk, new CommitInTurn()));

    public void Check(bool powerCut)
    {
        IReadOnlyList<(ulong Sequence, int Number)> found = ReadAll();
        if (machine.IsOver)
            return;
        if (machine.MayLose)
            Model.Forget(_journal!.FirstSequence, _journal.NextSequence, _journal.Damage.Reports, found);
        Model.CheckAll(_journal!.FirstSequence, _journal.NextSequence, found);
        ulong lost = (ulong)_journal.Damage.Reports.Sum(report => (long)report.LostEvents);
        JournalModel.Require(lost == 0 || machine.MayLose, $"{lost} events are reported as lost: {string.Join("; ", _journal.Damage.Reports)}");
        foreach ((string name, LaneModel lane) in Model.Lanes)
        {
            Cursor? cursor = _journal.Cursors.SingleOrDefault(cursor => cursor.Name == name);
            JournalModel.Require(cursor is not null || machine.StartMetError || machine.MayLose, $"The cursor of {name} is gone.");
            lane.Check(name, _journal.OpenCursor(name).State.Position, powerCut, machine.StartMetError || machine.MayLose);
        }
    }

    public void Close()
    {
        if (_journal is { } journal)
            machine.Turns.Await(journal.DisposeAsync);
        _journal = null;
    }

    public void Run(in Step step)
    {
        switch (step.Kind)
        {
            case StepKind.Append:
                Append(1 + (step.Choice % 4));
                break;
            case StepKind.Deliver:
                Deliver(Names[step.Choice % Names.Length], step.Seed % 3 == 0 ? int.MaxValue : 1 + (step.Seed % 5));
                break;
            case StepKind.Tick:
                machine.Turns.Run(machine.Clock.Tick);
                break;
            case StepKind.Retain:
                machine.Clock.Advance(BeyondRetention);
                _journal!.Maintain();

                // The committer does it before the next group, and only the answer to that says that it is done.
                Append(1);
                break;
            case StepKind.OpenLane:
                OpenLane(Names[step.Choice % Names.Length]);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(step));
        }

        foreach (Cursor cursor in _journal!.Cursors)
        {
            if (Model.Lanes.TryGetValue(cursor.Name, out LaneModel? lane))
                lane.Sync(cursor.SyncedState.Position);
        }
    }

    public void Finish()
    {
        foreach (string name in Model.Lanes.Keys)
        {
            while (Deliver(name, int.MaxValue))
                ;
        }

        Model.CheckDelivered();
        Append(1);
    }

    public void OpenLane(string name)
    {
        try
        {
            Model.OpenLane(name, _journal!.OpenCursor(name).State.Position);
        }
        catch (IOException) when (machine.MayFail)
        {
            // It was not opened, so nothing is promised to it yet.
        }
    }

    public void Append(int count)
    {
        int number = _number;
        _number += count;
        IntakeBatch batch = NumberedEvents.BatchOf(number, count);
        try
        {
            AppendReceipt receipt = machine.Turns.Await(() => _journal!.AppendAsync(batch, CancellationToken.None));
            JournalModel.Require(receipt.Count == count, $"{receipt.Count} of {count} events were taken.");
            Model.Accept(receipt.First, number, count);
        }
        catch (JournalFailedException) when (machine.MayFail)
        {
            Model.Doubt(number, count);
        }
        catch (JournalFullException) when (machine.MayFail || _journal!.BytesOnDisk + AppendQueue.SizeOf(batch) + FrameWriter.FrameOverhead > options.MaxBytes)
        {
            Model.Doubt(number, count);
        }
    }

    /// <returns><see langword="false"/> where nothing was left to deliver.</returns>
    public bool Deliver(string name, int most)
    {
        if (!Model.Lanes.TryGetValue(name, out LaneModel? lane))
            return false;
        Cursor cursor = _journal!.Cursors.Single(cursor => cursor.Name == name);
        CursorState state = cursor.State;
        EventBlock? block;
        try
        {
            block = _journal.TryRead(state.Position);
        }
        catch (IOException) when (machine.MayFail)
        {
            return false;
        }

        if (block is null)
            return false;
        ulong end = state.Position;
        ulong blockEnd = block.NextSequence;
        foreach ((ulong sequence, _) in EventsOf(block).Where(item => item.Sequence >= state.Position).Take(most))
        {
            JournalModel.Require(sequence == end || lane.FellBack || machine.MayFail || machine.MayLose, $"{name} was to get {end} and got {sequence}.");
            if (machine.MayLose)
                Model.Forget(end, sequence, _journal.Damage.Reports);
            lane.Delivered.Add(sequence);
            end = sequence + 1;
        }

        if (machine.MayLose && end == state.Position && blockEnd > end)
        {
            Model.Forget(end, blockEnd, _journal.Damage.Reports);
            end = blockEnd;
        }

        JournalModel.Require(end > state.Position || machine.MayFail, $"{name} stands still at {end}.");
        cursor.Write(state with { Position = end, Delivered = state.Delivered + (end - state.Position) });
        lane.Write(end, cursor.Failure is null);
        return end > state.Position;
    }

    public IReadOnlyList<(ulong Sequence, int Number)> ReadAll()
    {
        var found = new List<(ulong, int)>();
        ulong from = 1;
        while (_journal!.TryRead(from) is { } block)
        {
            JournalModel.Require(block.NextSequence > from, "Reading must move forward.");
            from = block.NextSequence;
            found.AddRange(EventsOf(block));
        }

        return found;
    }

    private static List<(ulong Sequence, int Number)> EventsOf(EventBlock block)
    {
        var events = new List<(ulong, int)>(block.Count);
        for (int index = 0; index < block.Count; index++)
            events.Add((block[index].Sequence, NumberedEvents.NumberOf(block[index].Json.Span)));
        block.Release();
        return events;
    }
}
