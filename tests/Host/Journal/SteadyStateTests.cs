using AuditHost.Intake;
using AuditHost.Journal;

namespace AuditHost.Tests.Journal;

/// <summary>Counts what the whole process allocates, so nothing may run beside it.</summary>
[Collection(nameof(AloneCollection))]
public sealed class SteadyStateTests
{
    [Fact]
    public async Task Appending_and_reading_allocate_next_to_nothing_per_event()
    {
        const int Rounds = 50;
        const int Group = 1000;
        using var folder = new JournalFolder { Options = new() { ReserveBytes = 0, TailBytes = 4 << 20 } };
        await using EventJournal journal = folder.Open();
        IntakeBatch batch = JournalFolder.BatchOf(1, Group, padding: 800);
        await RunAsync(journal, batch, Rounds);
        long before = GC.GetTotalAllocatedBytes(precise: true);

        await RunAsync(journal, batch, Rounds);

        double perEvent = (GC.GetTotalAllocatedBytes(precise: true) - before) / (double)(Rounds * Group);
        Assert.True(perEvent < 24, $"{perEvent:F1} bytes per event.");
    }

    private static async Task RunAsync(EventJournal journal, IntakeBatch batch, int rounds)
    {
        for (int round = 0; round < rounds; round++)
        {
            AppendReceipt receipt = await journal.AppendAsync(batch, TestContext.Current.CancellationToken);
            ulong position = receipt.First;

            // Once through the tail, as a level lane, and once from disk, far behind.
            for (; journal.TryRead(position) is { } block; block.Release())
                position = block.NextSequence;
            ulong lagging = 1;
            EventBlock old = journal.TryRead(lagging)!;
            Assert.Equal(lagging, old.FirstSequence);
            old.Release();
        }
    }
}
