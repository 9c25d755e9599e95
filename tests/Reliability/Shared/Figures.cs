using System.Text.Json;

namespace AuditHost.Reliability;

/// <summary>Keeps what a run did, for <c>host/RELIABILITY.md</c> to be written from.</summary>
internal static class Figures
{
    /// <summary>The folder that <c>tests/run</c> collects figures in; without it none are kept.</summary>
    private static readonly string? Folder = Environment.GetEnvironmentVariable("AUDITHOST_FIGURES");

    /// <summary>Prints a figure with the test and keeps it. Call it when the programme has held, at its end.</summary>
    public static void Record(string programme, long count, TimeSpan duration, string? seed = null, string? detail = null)
    {
        var figure = new Figure(programme, count, Math.Round(duration.TotalSeconds, 1), seed, detail);
        string line = JsonSerializer.Serialize(figure);
        TestContext.Current.TestOutputHelper?.WriteLine(line);
        if (Folder is not { Length: > 0 })
            return;
        Directory.CreateDirectory(Folder);

        // A programme run again replaces its figure.
        File.WriteAllText(Path.Combine(Folder, $"{Uri.EscapeDataString(programme)}.json"), line);
    }
}
