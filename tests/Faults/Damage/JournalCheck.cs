using AuditHost.Configuration.Options;
using AuditHost.Faults.Model;
using AuditHost.Intake;
using AuditHost.Journal;

namespace AuditHost.Faults.Damage;

/// <summary>Starts the whole journal on a damaged disk, as the host does, and holds what its lanes would get against what they must.</summary>
internal static class JournalCheck
{
    private static readonly JournalOptions Options = new() { ReserveBytes = 0, TailBytes = 1 };

    public static void Run(MemoryStorage disk, SampleEvents events, Expectation expected)
    {
        var turns = new Turns();
        EventJournal journal = turns.Run(() => EventJournal.Open(SampleDirectory.Journal, Options, new ManualClock(), disk, new CommitInTurn()));
        try
        {
            Read(journal, events, expected);
            DamageRanges.Check(journal.Damage, expected);
            ulong lost = (ulong)expected.Lost().Sum(range => (long)(range.Next - range.First));
            JournalModel.Require(journal.Damage.LostEvents >= lost, $"{lost} events are lost and {journal.Damage.LostEvents} are counted.");
            AppendReceipt receipt = turns.Await(() => journal.AppendAsync(NumberedEvents.BatchOf(1, 1), CancellationToken.None));
            JournalModel.Require(receipt.First == expected.Next, $"The next event got {receipt.First}, not {expected.Next}.");
        }
        finally
        {
            turns.Await(journal.DisposeAsync);
        }

        bool kept = disk.List($"{SampleDirectory.Journal}/quarantine").Count > 0;
        JournalModel.Require(expected.Reported is not { } loud || kept == loud, kept ? "Something sound stands in quarantine." : "The damage is not kept.");
    }

    private static void Read(EventJournal journal, SampleEvents events, Expectation expected)
    {
        ulong read = 1;
        for (ulong from = 1; journal.TryRead(from) is { } block;)
        {
            JournalModel.Require(block.NextSequence > from || block.Count == 0, "Reading must move forward.");
            for (int index = 0; index < block.Count; index++)
            {
                ParsedEvent found = block[index];
                JournalModel.Require(found.Json.Span.SequenceEqual(events.Payload(found.Sequence)), $"Event {found.Sequence} comes back as nobody sent it.");
                for (; read < found.Sequence; read++)
                    JournalModel.Require(!expected.Survives(read), $"Event {read} is intact and does not come back.");
                read++;
            }

            from = block.NextSequence;
            block.Release();
        }

        for (; read < expected.Next; read++)
            JournalModel.Require(!expected.Survives(read), $"Event {read} is intact and does not come back.");
    }
}
