using AuditHost.Configuration.Options;
using AuditHost.Journal;

namespace AuditHost.Intake.Deduplication;

/// <summary>Tells a host that has just started what was stored within the window, so that a sender may repeat itself over a restart.</summary>
internal static class RecentEventsLoader
{
    /// <exception cref="IOException">The journal cannot be read now.</exception>
    public static void Load(EventJournal journal, FingerprintLog? log, FingerprintKey key, RecentEvents recent, DeduplicationOptions options, TimeProvider time)
    {
        ulong end = journal.NextSequence;
        ulong oldest = end - Math.Min(end, (ulong)options.Generation);
        ulong from = Math.Max(oldest, journal.FindByTime(time.GetUtcNow() - options.Window));
        IReadOnlyList<DamageReport> damage = journal.Damage.Reports;
        var noted = new SequenceRanges();
        log?.Read((first, fingerprints) =>
        {
            ulong next = first + (ulong)fingerprints.Length;
            if (next <= from || next > end || IsDamaged(damage, first, next))
                return;
            noted.Add(first, next);
            foreach (UInt128 fingerprint in fingerprints[(int)(Math.Max(from, first) - first)..])
            {
                if (fingerprint != 0)
                    recent.Add(fingerprint);
            }
        });
        foreach ((ulong first, ulong next) in noted.All)
        {
            ReadEvents(journal, from, first, key, recent);
            from = Math.Max(from, next);
        }

        ReadEvents(journal, from, end, key, recent);
    }

    /// <summary>Whether some of these events are known to be lost. They must be taken again where somebody sends them again.</summary>
    private static bool IsDamaged(IReadOnlyList<DamageReport> damage, ulong first, ulong next)
    {
        foreach (DamageReport report in damage)
        {
            if (report.First < next && first < report.Next)
                return true;
        }

        return false;
    }

    private static void ReadEvents(EventJournal journal, ulong from, ulong end, FingerprintKey key, RecentEvents recent)
    {
        while (from < end && journal.TryRead(from) is { } block)
        {
            for (int i = 0; i < block.Count; i++)
            {
                ParsedEvent stored = block[i];
                if (stored.Sequence >= from && stored.Sequence < end && stored.AssignedId is null)
                    recent.Add(key.FingerprintOf(stored.Json.Span));
            }

            from = block.NextSequence;
            block.Release();
        }
    }
}
