using System.Text.Json;

namespace AuditHost.EndToEnd;

/// <summary>The commands that need no running host.</summary>
public sealed class CommandTests : IDisposable
{
    private static readonly string[] Connectors = ["file", "generic_cef", "syslog", "webhook"];

    private readonly SiteFolder _site = new();

    public CommandTests() => _site.CopySamples();

    [Fact]
    public async Task Schema_is_json_and_knows_every_connector()
    {
        CommandResult result = (await _site.RunAsync("schema")).Expect(0);

        Assert.Equal(JsonValueKind.Object, result.Json.ValueKind);
        Assert.All(Connectors, connector => Assert.Contains($"\"{connector}\"", result.Output, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Plugins_are_listed_and_described()
    {
        CommandResult table = (await _site.RunAsync("plugins", "list")).Expect(0);
        CommandResult json = (await _site.RunAsync("plugins", "list", "--json")).Expect(0);
        CommandResult description = (await _site.RunAsync("plugins", "describe", "webhook")).Expect(0);
        CommandResult schema = (await _site.RunAsync("plugins", "describe", "webhook", "--json")).Expect(0);

        string[] listed = [.. json.Json.EnumerateArray().SelectMany(plugin => plugin.GetProperty("types").EnumerateArray()).Select(type => type.GetString()!)];
        Assert.All(Connectors, connector => Assert.Contains(connector, listed));
        Assert.All(Connectors, connector => Assert.Contains(connector, table.Output, StringComparison.Ordinal));
        Assert.All(json.Json.EnumerateArray(), plugin => Assert.Equal("loaded", plugin.GetProperty("status").GetString()));
        Assert.Contains("idempotency_header", description.Output, StringComparison.Ordinal);
        Assert.Contains(" none|gzip ", description.Output, StringComparison.Ordinal);
        Assert.Matches("fsync +boolean +true ", (await _site.RunAsync("plugins", "describe", "file")).Expect(0).Output);
        Assert.True(schema.Json.GetProperty("properties").TryGetProperty("endpoint", out _));
    }

    [Fact]
    public async Task Unknown_plugin_type_gets_a_suggestion()
    {
        CommandResult result = (await _site.RunAsync("plugins", "describe", "webhok")).Expect(1);

        Assert.Contains("did you mean webhook?", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Broken_plugin_is_listed_with_its_reason_and_holds_up_nobody()
    {
        _site.Write("plugins/Acme.Broken/Acme.Broken.dll", "no assembly");
        _site.WriteSite(
            "  log_aggregation: { archive: { type: file, format: jsonl, path: ./archive.jsonl } }",
            "[{ type: stdin }]",
            "  plugins: { directory: ./plugins }");

        CommandResult list = (await _site.RunAsync("plugins", "list", "--json", "--config", "site.yaml")).Expect(0);
        CommandResult run = (await AuditHostCommand.RunAsync(
            _site.Path, input => Write(input, TestEvents.Json(1)), new Dictionary<string, string>(), "run", "--once", "--config", "site.yaml")).Expect(0);

        JsonElement broken = list.Json.EnumerateArray().Single(plugin => plugin.GetProperty("name").GetString() == "Acme.Broken");
        Assert.Equal("untrusted", broken.GetProperty("status").GetString());
        Assert.False(string.IsNullOrEmpty(broken.GetProperty("reason").GetString()));
        Assert.Contains("Acme.Broken", run.Error, StringComparison.Ordinal);
        Assert.Equal([TestEvents.Json(1)], _site.Lines("archive.jsonl"));
    }

    [Fact]
    public async Task Explain_tells_for_each_event_where_it_goes_and_why_not_elsewhere()
    {
        _site.Write("one.jsonl", TestEvents.Json(1, severity: "Low"));

        CommandResult result = (await _site.RunAsync("explain", "one.jsonl", "--config", "quickstart.yaml", "--json")).Expect(0);

        Dictionary<string, JsonElement> byDestination = result.Json.EnumerateArray().ToDictionary(item => item.GetProperty("destination").GetString()!);
        Assert.False(byDestination["generic_cef"].GetProperty("sent").GetBoolean());
        Assert.Contains("Medium", byDestination["generic_cef"].GetProperty("reason").GetString(), StringComparison.Ordinal);
        Assert.True(byDestination["archive"].GetProperty("sent").GetBoolean());
        Assert.Equal(TestEvents.Json(1, severity: "Low"), byDestination["archive"].GetProperty("payload").GetString()!.TrimEnd());
        Assert.False(Directory.Exists(_site.File("data")));
        Assert.False(Directory.Exists(_site.File("out")));
    }

    [Fact]
    public async Task Render_shows_events_as_a_destination_gets_them()
    {
        CommandResult rendered = (await _site.RunAsync("render", "--destination", "archive", "events.jsonl", "--config", "quickstart.yaml")).Expect(0);

        Assert.Equal(File.ReadAllText(_site.File("events.jsonl")), rendered.Output);
    }

    [Fact]
    public async Task Render_shows_events_through_a_template_without_a_site()
    {
        _site.Write("one.jsonl", TestEvents.Json(1));
        _site.Write("id.sbn", "{\"id\": {{ audit.id | json }}}");

        CommandResult rendered = (await _site.RunAsync("render", "--template", "id.sbn", "one.jsonl")).Expect(0);

        Assert.Equal($"{{\"id\": \"{TestEvents.Id(1)}\"}}\n", rendered.Output);
    }

    [Fact]
    public async Task Template_error_names_line_and_column()
    {
        _site.Write("one.jsonl", TestEvents.Json(1));
        _site.Write("bad.sbn", "{\n  \"id\": {{ audit.id | }\n");

        CommandResult rendered = (await _site.RunAsync("render", "--template", "bad.sbn", "one.jsonl")).Expect(1);

        Assert.Matches(@"^bad\.sbn:2:\d+: ", rendered.Error);
    }

    [Fact]
    public async Task Test_probes_destinations_and_changes_nothing()
    {
        using var receiver = new HttpReceiver();
        _site.WriteSite($$"""
              log_aggregation:
                archive: { type: file, format: jsonl, path: ./archive.jsonl }
              webhooks:
                up: { endpoint: "{{receiver.Endpoint}}" }
                down: { endpoint: "http://127.0.0.1:{{SiteFolder.FreePort()}}/in" }
            """);

        CommandResult result = (await _site.RunAsync("test", "--json", "--config", "site.yaml")).Expect(1);

        Dictionary<string, bool> reachable = result.Json.EnumerateArray()
            .ToDictionary(item => item.GetProperty("destination").GetString()!, item => item.GetProperty("reachable").GetBoolean());
        Assert.Equal(new Dictionary<string, bool> { ["archive"] = true, ["up"] = true, ["down"] = false }, reachable);
        (await _site.RunAsync("test", "up", "--config", "site.yaml")).Expect(0);
        Assert.Empty(_site.Lines("archive.jsonl"));
    }

    [Fact]
    public async Task Status_tells_the_books_without_a_running_host()
    {
        (await _site.RunAsync("run", "--once", "--config", "quickstart.yaml")).Expect(0);

        CommandResult table = (await _site.RunAsync("status", "--config", "quickstart.yaml")).Expect(0);
        CommandResult json = (await _site.RunAsync("status", "--json", "--config", "quickstart.yaml")).Expect(0);

        Assert.Contains("not running", table.Output, StringComparison.Ordinal);
        Assert.False(json.Json.GetProperty("running").GetBoolean());
        Assert.Equal(3, json.Json.GetProperty("destinations").GetArrayLength());
        Assert.All(json.Json.GetProperty("destinations").EnumerateArray(), Books.AssertBalanced);
    }

    public void Dispose() => _site.Dispose();

    private static async Task Write(Stream stream, string text) => await stream.WriteAsync(System.Text.Encoding.UTF8.GetBytes(text));
}
