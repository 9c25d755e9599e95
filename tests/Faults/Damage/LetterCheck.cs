using AuditHost.Delivery;
using AuditHost.Faults.Model;

namespace AuditHost.Faults.Damage;

/// <summary>Opens damaged dead letters and holds what they show against what they must.</summary>
internal sealed class LetterCheck(SampleLetters entries)
{
    private const ulong NewLetter = 999;

    private readonly ManualClock _clock = new();

    public long Openings { get; private set; }

    public void Run(MemoryStorage disk, Expectation expected)
    {
        SortedDictionary<ulong, ulong> open = entries.Open(id => id < expected.Next && expected.Survives(id));
        Look(disk, expected, open);
        MemoryStorage found = disk.Copy();
        Look(disk, expected.Again(), open);
        if (!disk.Holds(found))
            throw new ModelViolationException("A second start changes what the first one left.");
        using (DeadLetterStore store = DeadLetterStore.Open(SampleDirectory.Letters, disk, _clock))
            new Turns().Await(() => store.AddAsync([SampleLetters.LetterOf(NewLetter)], CancellationToken.None));
        open.Add(expected.Next, NewLetter);

        // Where nothing is left the log begins with the new one; what was lost before it stands in quarantine.
        bool nothingLeft = expected.Lost() is [(1, var end)] && end == expected.Next;
        Look(disk, expected with { Next = expected.Next + 1, Survives = id => id == expected.Next || expected.Survives(id), Reported = null, First = nothingLeft ? expected.Next : 1 }, open);
    }

    private void Look(MemoryStorage disk, Expectation expected, SortedDictionary<ulong, ulong> open)
    {
        Openings++;
        using DeadLetterStore store = DeadLetterStore.Open(SampleDirectory.Letters, disk, _clock);
        var shown = new SortedDictionary<ulong, ulong>();
        foreach (DeadLetter letter in store.Letters())
        {
            if (!letter.Original.Span.SequenceEqual(SampleLetters.LetterOf(letter.Sequence).Original.Span))
                throw new ModelViolationException($"The letter of {letter.Sequence} holds another event.");
            shown.Add(letter.Id, letter.Sequence);
        }

        if (!shown.SequenceEqual(open) || store.Count != open.Count)
            throw new ModelViolationException($"Open are {string.Join(", ", shown)} ({store.Count} counted) and not {string.Join(", ", open)}.");
        DamageRanges.Check(store.Damage, expected);
    }
}
