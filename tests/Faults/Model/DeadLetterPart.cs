using AuditHost.Delivery;
using AuditHost.Journal.Records;

namespace AuditHost.Faults.Model;

/// <summary>The real store of dead letters on a simulated disk, beside its model.</summary>
internal sealed class DeadLetterPart(Machine machine, int segmentBytes, int firstNumber = 1) : IMachinePart
{
    public const string Directory = Machine.Data + "/dead-letters";

    private const string Destination = "siem";

    private readonly LetterModel _model = new();
    private DeadLetterStore? _store;
    private ulong _number = (ulong)firstNumber;

    public bool IsOpen => _store is not null;

    /// <summary>The letters that a sound store shows.</summary>
    public IReadOnlyCollection<ulong> Expected => _model.Open;

    public void Open() =>
        _store = DeadLetterStore.Open(Directory, machine.Disk, machine.Clock, new RecordLogOptions { SegmentBytes = segmentBytes });

    public void Check(bool powerCut)
    {
        ulong[] shown = Shown();
        if (machine.IsOver)
            return;
        if (machine.MayLose)
            _model.Forget(shown, _store!.Damage.Reports);
        _model.CheckAll(shown);
    }

    public void Close()
    {
        _store?.Dispose();
        _store = null;
    }

    public void Run(in Step step)
    {
        switch (step.Kind)
        {
            case StepKind.Append:
                Add(1 + (step.Choice % 3));
                break;
            case StepKind.Deliver:
                Resolve(step.Seed % 3 == 0 ? int.MaxValue : 1 + (step.Seed % 4));
                break;
            default:
                machine.Clock.Advance(TimeSpan.FromMinutes(1));
                break;
        }
    }

    public void Finish()
    {
        Add(1);
        _model.CheckAll(Shown());
    }

    public void Add(int count)
    {
        ulong[] numbers = [.. Enumerable.Range(0, count).Select(index => _number + (ulong)index)];
        _number += (ulong)count;
        Try(numbers, _model.Add, () => machine.Turns.Await(() => _store!.AddAsync([.. numbers.Select(LetterOf)], CancellationToken.None)));
    }

    /// <summary>Takes some of the oldest letters off the list.</summary>
    public void Resolve(int most)
    {
        (ulong Id, ulong Number)[] chosen;
        try
        {
            chosen = [.. _store!.Letters().Take(most).Select(letter => (letter.Id, letter.Sequence))];
        }
        catch (IOException) when (machine.MayFail)
        {
            return;
        }

        ulong[] ids = [.. chosen.Select(letter => letter.Id)];
        Try(
            [.. chosen.Select(letter => letter.Number)],
            _model.Resolve,
            () => machine.Turns.Await(() => _store!.ResolveAsync(ids, DeadLetterOutcome.Discarded, null, CancellationToken.None)));
    }

    private void Try(ulong[] numbers, Action<IReadOnlyCollection<ulong>> done, Action act)
    {
        try
        {
            act();
            done(numbers);
        }
        catch (IOException) when (machine.MayFail)
        {
            _model.Doubt(numbers);
        }
    }

    private ulong[] Shown()
    {
        DeadLetter[] letters = [.. _store!.Letters()];
        JournalModel.Require(letters.Length == _store.Count && letters.Length == _store.CountOf(Destination), $"{letters.Length} letters can be read and {_store.Count} are counted.");
        foreach (DeadLetter letter in letters)
            JournalModel.Require(NumberedEvents.NumberOf(letter.Original.Span) == (int)letter.Sequence, $"The letter of {letter.Sequence} holds another event.");
        return [.. letters.Select(letter => letter.Sequence)];
    }

    private DeadLetter LetterOf(ulong number) => new()
    {
        Destination = Destination,
        Sequence = number,
        EventId = $"e-{number}",
        EventType = "Test",
        Cause = DeathCause.Rejected,
        Reason = "The destination said no.",
        Attempts = 1,
        ReceivedAt = machine.Clock.GetUtcNow(),
        FirstAttemptAt = machine.Clock.GetUtcNow(),
        DiedAt = machine.Clock.GetUtcNow(),
        Plugin = "test",
        Revision = "1",
        Original = NumberedEvents.JsonOf((int)number),
        Sent = default,
    };
}
