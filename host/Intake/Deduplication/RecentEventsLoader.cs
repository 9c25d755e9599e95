using AuditHost.Configuration.Options;
using AuditHost.Journal;

namespace AuditHost.Intake.Deduplication;

/// <summary>Tells a host that has just started what was stored within the window, so that a sender may repeat itself over a restart.</summary>
internal static class RecentEventsLoader
{
    /// <exception cref="IOException">The journal cannot be read now.</exception>
    public static void Load(EventJournal journal, RecentEvents recent, DeduplicationOptions options, TimeProvider time)
    {
        ulong end = journal.NextSequence;
        ulong oldest = end - Math.Min(end, (ulong)options.MaxEvents / 2);
        ulong from = Math.Max(oldest, journal.FindByTime(time.GetUtcNow() - options.Window));
        while (journal.TryRead(from) is { } block)
        {
            for (int i = 0; i < block.Count; i++)
            {
                ParsedEvent stored = block[i];
                if (stored.Sequence >= from && stored.AssignedId is null)
                    recent.Add(EventFingerprint.Of(stored.Json.Span));
            }

            from = block.NextSequence;
            block.Release();
        }
    }
}
