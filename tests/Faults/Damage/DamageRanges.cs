using AuditHost.Faults.Model;
using AuditHost.Journal;

namespace AuditHost.Faults.Damage;

/// <summary>Holds what is reported as lost against what is lost.</summary>
internal static class DamageRanges
{
    public static void Check(DamageLog damage, Expectation expected)
    {
        IReadOnlyList<DamageReport> reports = damage.Reports;
        List<(ulong First, ulong Next)> reported = Union(reports, expected.First);
        List<(ulong First, ulong Next)> lost = expected.Lost();
        if (!reported.SequenceEqual(lost))
            throw new ModelViolationException($"Lost is {string.Join(", ", lost)}; reported is {string.Join(", ", reported)}: {string.Join("; ", reports)}");
        if (expected.Reported is { } loud && loud != reports.Count > 0)
            throw new ModelViolationException(loud ? "The damage is not reported." : $"Damage is reported where there is none: {string.Join("; ", reports)}");
    }

    private static List<(ulong First, ulong Next)> Union(IReadOnlyList<DamageReport> reports, ulong first)
    {
        var union = new List<(ulong First, ulong Next)>();
        foreach (DamageReport report in reports.Where(report => report.LostEvents > 0 && report.Next > first).OrderBy(report => report.First))
        {
            ulong from = Math.Max(report.First, first);
            if (union is [.., var last] && from <= last.Next)
                union[^1] = (last.First, Math.Max(last.Next, report.Next));
            else
                union.Add((from, report.Next));
        }

        return union;
    }
}
