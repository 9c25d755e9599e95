using AuditHost.Configuration.Options;
using AuditHost.Delivery;
using AuditHost.Journal;

namespace AuditHost.Dashboard;

/// <summary>Finds what waits in the journal for destinations that the site does not serve: disabled ones, and those that left its file.</summary>
internal static class BacklogList
{
    public static IReadOnlyList<BacklogView> Of(Site site) => Of(
        [
            .. site.Journal.Cursors.Where(cursor => !cursor.IsServed).Select(cursor => (cursor.Name, cursor.State.Position)),
            .. site.Journal.LostCursors.Select(name => (name, 0ul)),
        ],
        site.Options,
        new JournalExtent(site.Journal.FirstSequence, site.Journal.NextSequence, site.Journal.BytesFrom, site.Journal.TryRead),
        site.DeadLetters);

    public static IReadOnlyList<BacklogView> Of(JournalReader journal, SiteOptions options, DeadLetterStore letters) => Of(
        journal.Cursors.Select(cursor => (cursor.Name, cursor.State.Position)),
        options,
        new JournalExtent(journal.FirstSequence, journal.NextSequence, journal.BytesFrom, journal.TryRead),
        letters);

    private static BacklogView[] Of(
        IEnumerable<(string Name, ulong Position)> cursors, SiteOptions options, JournalExtent journal, DeadLetterStore letters)
    {
        Dictionary<string, bool> enabled = options.Destinations.ToDictionary(destination => destination.Name, destination => destination.Enabled);
        return
        [
            .. cursors.Where(cursor => !enabled.GetValueOrDefault(cursor.Name))
                .OrderBy(cursor => cursor.Name, StringComparer.Ordinal)
                .Select(cursor =>
                {
                    // A cursor beyond reading needs everything.
                    ulong position = Math.Max(cursor.Position, journal.First);
                    return new BacklogView(
                        cursor.Name,
                        enabled.ContainsKey(cursor.Name) ? BacklogView.Disabled : BacklogView.Removed,
                        position,
                        journal.Next > position ? journal.Next - position : 0,
                        journal.BytesFrom(position),
                        journal.AcceptedAt(position),
                        letters.CountOf(cursor.Name));
                }),
        ];
    }

    private sealed record JournalExtent(ulong First, ulong Next, Func<ulong, long> BytesFrom, Func<ulong, EventBlock?> Read)
    {
        public DateTimeOffset? AcceptedAt(ulong sequence)
        {
            try
            {
                EventBlock? block = Read(sequence);
                try
                {
                    return block is { Count: > 0 } ? block[(int)(Math.Max(sequence, block.FirstSequence) - block.FirstSequence)].ReceivedAt : null;
                }
                finally
                {
                    block?.Release();
                }
            }
            catch (IOException)
            {
                // The disk does not give it back now. The figures are worth more than the time.
                return null;
            }
        }
    }
}
