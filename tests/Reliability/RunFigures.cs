using System.Text.Json;

namespace AuditHost.Reliability;

/// <summary>What a run left in its folder of figures.</summary>
/// <param name="Programmes">The fault programmes.</param>
/// <param name="Measurements">What the machine reached.</param>
internal sealed record RunFigures(IReadOnlyList<Figure> Programmes, IReadOnlyList<Measurement> Measurements)
{
    public static RunFigures Read(string folder) => new(
        [.. All<Figure>(folder, "*.json").OrderBy(figure => figure.Programme, StringComparer.Ordinal)],
        [.. All<Measurement>(folder, "*.measurement").OrderBy(measurement => measurement.What, StringComparer.Ordinal)]);

    private static IEnumerable<T> All<T>(string folder, string pattern) =>
        Directory.EnumerateFiles(folder, pattern).Select(file => JsonSerializer.Deserialize<T>(File.ReadAllText(file))!);
}
