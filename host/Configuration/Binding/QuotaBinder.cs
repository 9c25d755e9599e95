using AuditHost.Configuration.Keys;
using AuditHost.Configuration.Options;

namespace AuditHost.Configuration.Binding;

/// <summary>Reads how much may wait for a destination, and what happens when more would.</summary>
internal static class QuotaBinder
{
    /// <summary>Of the journal's limit, for a destination whose oldest events go and that names no quota.</summary>
    private const double DefaultPercent = 25;

    /// <summary>Only whole segments go, and the one that is written to never does.</summary>
    private const int LeastSegments = 2;

    public static (long? Quota, FullPolicy OnFull) Bind(Section section, JournalOptions journal)
    {
        FullPolicy onFull = section.Get(DestinationKeys.OnFull, FullPolicy.Block);
        if (!section.TryGet(DestinationKeys.Quota, out DiskShare share))
            return (onFull == FullPolicy.DropOldest ? new DiskShare(null, DefaultPercent).Of(journal.MaxBytes) : null, onFull);
        long quota = share.Of(journal.MaxBytes);
        long least = (long)LeastSegments * journal.EffectiveSegmentBytes;
        long most = onFull == FullPolicy.DropOldest ? journal.MaxBytes - least : journal.MaxBytes;
        if (quota > journal.MaxBytes)
            section.Error(DestinationKeys.Quota, $"is more than the whole journal may take; host.journal.max_bytes is {UnitValue.FormatSize(journal.MaxBytes)}");
        else if (quota < least)
            section.Error(DestinationKeys.Quota, $"must hold two segments of the journal at least, that is {UnitValue.FormatSize(least)}; or give host.journal a smaller segment_bytes");
        else if (quota > most)
            section.Error(DestinationKeys.Quota, $"leaves new events no room before the oldest go; with on_full: drop_oldest at most {UnitValue.FormatSize(most)}");
        return (quota, onFull);
    }
}
