using System.Text.Json;

namespace AuditHost.EndToEnd;

/// <summary>What a newcomer does first.</summary>
public sealed class QuickstartTests : IDisposable
{
    private static readonly string[] MediumAndAbove = ["Medium", "High", "Critical"];

    private readonly SiteFolder _site = new();

    public QuickstartTests() => _site.CopySamples();

    [Fact]
    public async Task Sample_site_delivers_every_event_where_it_belongs()
    {
        CommandResult result = (await _site.RunAsync("run", "--once", "--config", "quickstart.yaml")).Expect(0);

        int events = _site.Lines("events.jsonl").Length;
        int severe = SevereEvents();
        int incidents = Incidents().Length;
        Assert.Equal(severe, _site.Lines("out/audit.cef").Length);
        Assert.Equal(File.ReadAllBytes(_site.File("events.jsonl")), File.ReadAllBytes(_site.File("out/audit.jsonl")));
        Assert.NotEqual(0, incidents);
        AssertRow(result.Output, "generic_cef", events, severe);
        AssertRow(result.Output, "archive", events, events);
        AssertRow(result.Output, "incidents", events, incidents);
        Assert.StartsWith($"{events} events from ", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Second_run_delivers_nothing_twice()
    {
        (await _site.RunAsync("run", "--once", "--config", "quickstart.yaml")).Expect(0);
        string[] outputs = ["out/audit.cef", "out/audit.jsonl", "out/incidents.jsonl"];
        byte[][] first = [.. outputs.Select(output => File.ReadAllBytes(_site.File(output)))];

        CommandResult result = (await _site.RunAsync("run", "--once", "--config", "quickstart.yaml")).Expect(0);

        Assert.Equal(first, outputs.Select(output => File.ReadAllBytes(_site.File(output))));
        Assert.StartsWith("0 events from ", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Only_what_was_appended_is_delivered_by_the_next_run()
    {
        (await _site.RunAsync("run", "--once", "--config", "quickstart.yaml")).Expect(0);
        File.AppendAllText(_site.File("events.jsonl"), TestEvents.Json(1) + "\n");

        (await _site.RunAsync("run", "--once", "--config", "quickstart.yaml")).Expect(0);

        Assert.Equal(File.ReadAllBytes(_site.File("events.jsonl")), File.ReadAllBytes(_site.File("out/audit.jsonl")));
    }

    public void Dispose() => _site.Dispose();

    private static void AssertRow(string table, string destination, int accepted, int delivered)
    {
        string row = Assert.Single(table.Split('\n'), line => line.StartsWith($"{destination} ", StringComparison.Ordinal));
        string[] cells = row.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(["healthy", $"{accepted}", $"{delivered}", "0", "0", $"{accepted - delivered}", "0"], cells[1..8]);
    }

    private int SevereEvents() => _site.Lines("events.jsonl").Count(line =>
    {
        using JsonDocument document = JsonDocument.Parse(line);
        return MediumAndAbove.Contains(document.RootElement.GetProperty("severity").GetString());
    });

    private string[] Incidents() =>
        [.. _site.Lines("out/incidents.jsonl").Select(line =>
        {
            using JsonDocument document = JsonDocument.Parse(line);
            return document.RootElement.GetProperty("id").GetString()!;
        }).Distinct()];
}
