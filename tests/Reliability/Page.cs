using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.RegularExpressions;

namespace AuditHost.Reliability;

/// <summary>Fills <c>page.md</c>: the tests of each promise, the figures of a run.</summary>
internal sealed partial class Page(PromisedTests tests, RunFigures figures)
{
    private readonly List<string> _unheld = [];

    /// <summary>Promises that neither a test holds nor a limit takes back.</summary>
    public IReadOnlyList<string> Unheld => _unheld;

    public string Write()
    {
        using var reader = new StreamReader(typeof(Page).Assembly.GetManifestResourceStream("page.md")!);
        return Place().Replace(reader.ReadToEnd(), place => Fill(place.Groups["what"].Value, place.Groups["of"].Value));
    }

    private string Fill(string what, string of) => what switch
    {
        "tests" => Tests(of),
        "programmes" => Programmes(),
        "measurements" => Measurements(),
        "run" => Run(),
        _ => throw new FormatException($"page.md asks for '{what}', which is not known."),
    };

    private string Tests(string promise)
    {
        IReadOnlyList<string> found = tests.Of(promise);
        if (found.Count > 0)
            return $"Held by {string.Join(", ", found)}.";
        _unheld.Add(promise);
        return "Held by no test.";
    }

    private string Programmes()
    {
        var table = new StringBuilder("| programme | runs | seconds | seed | seen |\n|---|---:|---:|---|---|\n");
        foreach (Figure figure in figures.Programmes)
            table.Append(CultureInfo.InvariantCulture, $"| {figure.Programme} | {figure.Count:N0} | {figure.Seconds:N1} | {figure.Seed ?? "none"} | {figure.Detail} |\n");
        return table.ToString().TrimEnd();
    }

    private string Measurements()
    {
        var table = new StringBuilder("| measured | figure | aim |\n|---|---|---|\n");
        foreach (Measurement measurement in figures.Measurements)
            table.Append(CultureInfo.InvariantCulture, $"| {measurement.What} | {measurement.Figure} | {measurement.Aim} |\n");
        return table.ToString().TrimEnd();
    }

    private static string Run() => string.Create(
        CultureInfo.InvariantCulture,
        $"{DateTime.UtcNow:yyyy-MM-dd}, {Environment.ProcessorCount} cores, {RuntimeInformation.OSDescription}, {RuntimeInformation.FrameworkDescription}");

    [GeneratedRegex(@"\{(?<what>[a-z]+)(:(?<of>G\d+))?\}")]
    private static partial Regex Place();
}
