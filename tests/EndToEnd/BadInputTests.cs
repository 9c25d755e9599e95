using System.Text;
using System.Text.Json;

namespace AuditHost.EndToEnd;

/// <summary>What no sender and no machine should do, and what the host makes of it.</summary>
[Promise("G6")]
public sealed class BadInputTests : IDisposable
{
    private const long OverlongLine = 300_000_000;

    private readonly SiteFolder _site = new();

    [Fact]
    public async Task Endless_template_kills_its_event_and_nothing_else()
    {
        _site.Write("loop.sbn", "{{ if audit.severity == \"Critical\" }}{{ while true }}{{ end }}{{ end }}{{ audit.id | json }}");
        _site.WriteSite(
            """
              log_aggregation:
                loop: { type: file, template: ./loop.sbn, path: ./loop.txt }
                archive: { type: file, format: jsonl, path: ./archive.jsonl }
            """,
            "[{ type: stdin }]");

        CommandResult run = (await RunOnceAsync(
            $"{TestEvents.Json(1)}\n{TestEvents.Json(2, severity: "Critical")}\n{TestEvents.Json(3)}\n")).Expect(1);

        Assert.Equal([$"\"{TestEvents.Id(1)}\"", $"\"{TestEvents.Id(3)}\""], _site.Lines("loop.txt"));
        Assert.Equal(3, _site.Lines("archive.jsonl").Length);
        JsonElement letter = Assert.Single((await _site.RunAsync("dead-letters", "list", "--json", "--config", "site.yaml")).Expect(0).Json.EnumerateArray());
        Assert.Equal((TestEvents.Id(2), "unrenderable"), (letter.GetProperty("event_id").GetString(), letter.GetProperty("cause").GetString()));
        Assert.Contains("loop", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Overlong_line_is_rejected_and_the_next_event_is_taken()
    {
        _site.WriteSite("  log_aggregation: { archive: { type: file, format: jsonl, path: ./archive.jsonl } }", "[{ type: stdin }]");

        CommandResult run = await AuditHostCommand.RunAsync(
            _site.Path,
            async stream =>
            {
                byte[] block = new byte[1 << 16];
                block.AsSpan().Fill((byte)'x');
                for (long written = 0; written < OverlongLine; written += block.Length)
                    await stream.WriteAsync(block);
                await stream.WriteAsync(Encoding.UTF8.GetBytes($"\n{TestEvents.Json(1)}\n"));
            },
            new Dictionary<string, string>(),
            "run", "--once", "--config", "site.yaml");

        Assert.Contains("rejected", run.Output, StringComparison.Ordinal);
        Assert.Equal([TestEvents.Json(1)], _site.Lines("archive.jsonl"));
    }

    public void Dispose() => _site.Dispose();

    private Task<CommandResult> RunOnceAsync(string input) => AuditHostCommand.RunAsync(
        _site.Path,
        async stream => await stream.WriteAsync(Encoding.UTF8.GetBytes(input)),
        new Dictionary<string, string>(),
        "run", "--once", "--config", "site.yaml");
}
