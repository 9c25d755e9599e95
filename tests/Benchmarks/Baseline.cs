using System.Globalization;
using System.Text.Json;
using BenchmarkDotNet.Reports;

namespace AuditHost.Benchmarks;

/// <summary>The figures that the repository keeps, to see by what factor a change moves them. They are of one machine: compare ratios, not figures.</summary>
internal static class Baseline
{
    private static readonly JsonSerializerOptions Format = new() { WriteIndented = true, PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    private static string Path => System.IO.Path.Combine(Samples.Root, "tests", "Benchmarks", "baseline.json");

    /// <summary>Prints each figure with its ratio to the kept one.</summary>
    /// <param name="summaries">What was measured.</param>
    /// <param name="save">Whether the figures take the place of the kept ones. Those that were not measured stay.</param>
    public static void Compare(IEnumerable<Summary> summaries, bool save)
    {
        SortedDictionary<string, Figure> kept = File.Exists(Path)
            ? new(JsonSerializer.Deserialize<Dictionary<string, Figure>>(File.ReadAllText(Path), Format)!, StringComparer.Ordinal)
            : new(StringComparer.Ordinal);
        Console.WriteLine();
        Console.WriteLine($"{"benchmark",-56} {"ns",12} {"ratio",7} {"bytes",8} {"before",8}");
        foreach (BenchmarkReport report in summaries.SelectMany(summary => summary.Reports).Where(report => report.ResultStatistics is not null))
        {
            string name = $"{report.BenchmarkCase.Descriptor.Type.Name}.{report.BenchmarkCase.Descriptor.WorkloadMethod.Name}{Parameters(report)}";
            var figure = new Figure(Math.Round(report.ResultStatistics!.Mean, 1), report.GcStats.GetBytesAllocatedPerOperation(report.BenchmarkCase) ?? 0);
            string ratio = kept.TryGetValue(name, out Figure? before) ? (figure.Nanoseconds / before.Nanoseconds).ToString("F2", CultureInfo.InvariantCulture) : "new";
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name,-56} {figure.Nanoseconds,12:N1} {ratio,7} {figure.Bytes,8} {before?.Bytes.ToString(CultureInfo.InvariantCulture) ?? "-",8}"));
            if (save)
                kept[name] = figure;
        }

        if (!save)
            return;
        File.WriteAllText(Path, JsonSerializer.Serialize(kept, Format) + "\n");
        Console.WriteLine($"kept in {System.IO.Path.GetRelativePath(Samples.Root, Path)}");
    }

    private static string Parameters(BenchmarkReport report) =>
        report.BenchmarkCase.Parameters.Count == 0 ? string.Empty : $"({report.BenchmarkCase.Parameters.DisplayInfo.Trim('[', ']')})";

    private sealed record Figure(double Nanoseconds, long Bytes);
}
