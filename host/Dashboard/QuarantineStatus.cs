using AuditHost.Journal;
using AuditHost.Journal.Quarantine;

namespace AuditHost.Dashboard;

/// <summary>Damage that is kept for a look, in figures.</summary>
/// <param name="Folder">Where it is. Moving its files away says that it was seen.</param>
/// <param name="Pieces">Damaged places.</param>
/// <param name="Bytes">What they take on disk.</param>
/// <param name="LostEvents">Events that could not be read.</param>
/// <param name="Removed">Older pieces that went to make room.</param>
internal sealed record QuarantineStatus(string Folder, int Pieces, long Bytes, ulong LostEvents, long Removed)
{
    public static QuarantineStatus? Of(QuarantineSummary? summary) =>
        summary is null ? null : new QuarantineStatus(summary.Folder, summary.Pieces, summary.Bytes, summary.LostEvents, summary.Removed);

    /// <summary>Adds to a status what is known of damage.</summary>
    public static JournalStatus AddTo(
        JournalStatus status, IReadOnlyList<DamageReport> journal, QuarantineSummary? kept, IReadOnlyList<DamageReport> letters, QuarantineSummary? keptLetters) => status with
    {
        Problem = status.Problem ?? Describe("", journal, kept) ?? Describe("of the dead letters ", letters, keptLetters),
        Health = journal.Count + letters.Count > 0 || kept is not null || keptLetters is not null ? "degraded" : status.Health,
        Quarantine = Of(kept),
        DeadLetterQuarantine = Of(keptLetters),
    };

    private static string? Describe(string what, IReadOnlyList<DamageReport> found, QuarantineSummary? kept)
    {
        string? places = found is [var first, ..]
            ? $"{Counted.Of(found.Count, "damaged place")} {what}found, the first: {first.File} at {first.Offset}: {first.Reason}"
            : null;
        if (kept is null)
            return places;
        string copies = $"{Counted.Of(kept.Pieces, "damaged place")} {what}in {kept.Folder}, {Counted.Of((long)kept.LostEvents, "event")} lost";
        return places is null ? copies : $"{places} Kept: {copies}";
    }
}
