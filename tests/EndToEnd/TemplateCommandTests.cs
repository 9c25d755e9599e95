using System.Text.Json;
using System.Text.RegularExpressions;

namespace AuditHost.EndToEnd;

/// <summary><c>templates list|show|test|new</c>, and templates by name in a site.</summary>
public sealed partial class TemplateCommandTests : IDisposable
{
    private static readonly string[] Ready =
    [
        "crowdstrike_logscale", "exabeam", "google_secops", "jira", "microsoft_defender", "ocsf", "opsgenie", "pagerduty", "rapid7_insightidr", "securonix", "servicenow",
        "slack", "sumo_logic", "teams",
    ];

    private readonly SiteFolder _site = new();

    public static TheoryData<string> ReadyNames => [.. Ready];

    [Fact]
    public async Task List_has_the_sites_templates_the_ready_ones_and_the_broken_with_their_reason()
    {
        _site.Write("templates/acme.sbn", "---\nsummary: For ACME.\nkind: body\n---\n{{ batch.count }}");
        _site.Write("templates/broken.sbn", "{{ adit.id }}");

        CommandResult table = (await _site.RunAsync("templates", "list")).Expect(0);
        JsonElement[] json = [.. (await _site.RunAsync("templates", "list", "--json")).Expect(0).Json.EnumerateArray()];

        Assert.Matches(@"(?m)^acme +site +body +application/json +For ACME\.$", table.Output);
        Assert.Matches(@"(?m)^broken +site +broken +.*templates/broken\.sbn:1:4: There is no variable or function `adit`", table.Output);
        Assert.Matches(@"(?m)^ocsf +ready +event +application/json +OCSF", table.Output);
        Assert.Equal(["acme", "broken", .. Ready], json.Select(item => item.GetProperty("name").GetString()));
        Assert.Contains("\n  {{ adit.id }}\n     ^", json[1].GetProperty("problem").GetString(), StringComparison.Ordinal);
        Assert.All(json[2..], item => Assert.False(item.TryGetProperty("problem", out _)));
    }

    [Fact]
    public async Task Test_without_names_runs_all_of_the_site_and_fails_with_one_of_them()
    {
        _site.Write("templates/good.sbn", "---\ncontent_type: text/plain\nsample: '{\"id\":\"a\"}'\nexpected: |\n  a\n---\n{{ audit.id }}");
        _site.Write("templates/none.sbn", "x");
        CommandResult passed = (await _site.RunAsync("templates", "test")).Expect(0);
        _site.Write("templates/bad.sbn", "---\ncontent_type: text/plain\nsample: '{\"id\":\"a\"}'\nexpected: |\n  b\n---\n{{ audit.id }}");
        CommandResult failed = (await _site.RunAsync("templates", "test")).Expect(1);
        CommandResult json = (await _site.RunAsync("templates", "test", "bad", "--json")).Expect(1);

        Assert.Equal("good: passed, 1 event\nnone: no sample to test it with\n", passed.Output);
        Assert.Equal(
            "bad: failed\n  templates/bad.sbn: the output differs from line 1, column 1 on; - is expected, + is rendered\n  - b\n  + a\n" + passed.Output, failed.Output);
        JsonElement result = Assert.Single(json.Json.EnumerateArray());
        Assert.Equal(("failed", 1), (result.GetProperty("outcome").GetString(), result.GetProperty("difference").GetProperty("line").GetInt32()));
    }

    [Fact]
    public async Task Test_that_tests_nothing_is_no_success()
    {
        CommandResult empty = (await _site.RunAsync("templates", "test")).Expect(1);
        _site.Write("templates/none.sbn", "x");
        (await _site.RunAsync("templates", "test")).Expect(1);

        Assert.Contains("audithost templates new NAME", empty.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Test_takes_names_and_files_and_update_writes_beside_the_template()
    {
        _site.Write("elsewhere/mine.sbn", "{{ event }}");
        _site.Write("elsewhere/mine.sample.jsonl", TestEvents.Json(1));

        (await _site.RunAsync("templates", "test", "ocsf", "elsewhere/mine.sbn")).Expect(1);
        (await _site.RunAsync("templates", "test", "elsewhere/mine.sbn", "--update")).Expect(0);
        CommandResult result = (await _site.RunAsync("templates", "test", "ocsf", "elsewhere/mine.sbn")).Expect(0);

        Assert.Equal("ocsf: passed, 2 events\nmine: passed, 1 event\n", result.Output);
        Assert.Equal([TestEvents.Json(1)], _site.Lines("elsewhere/mine.expected"));
    }

    [Fact]
    public async Task Errors_of_head_and_template_show_line_column_and_the_line()
    {
        _site.Write("templates/head.sbn", "---\nsumary: x\n---\n");
        _site.Write("templates/text.sbn", "---\nsummary: x\n---\n{\n  \"a\": {{ audit.id | jsn }}\n}");

        CommandResult result = (await _site.RunAsync("templates", "test")).Expect(1);

        Assert.Contains("templates/head.sbn:2:1: sumary: unknown key; did you mean summary?\n    sumary: x\n    ^\n", result.Output, StringComparison.Ordinal);
        Assert.Contains("templates/text.sbn:5:22: There is no variable or function `jsn`.", result.Output, StringComparison.Ordinal);
        Assert.Contains("\n      \"a\": {{ audit.id | jsn }}\n                         ^\n", result.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("event", "application/json")]
    [InlineData("body", "application/json")]
    [InlineData("event", "text/plain")]
    [InlineData("body", "application/x-ndjson")]
    public async Task New_template_passes_its_test_and_is_never_written_over(string kind, string contentType)
    {
        string[] arguments = ["templates", "new", "acme", "--kind", kind, "--content-type", contentType];
        (await _site.RunAsync(arguments)).Expect(0);
        string text = File.ReadAllText(_site.File("templates/acme.sbn"));

        CommandResult again = (await _site.RunAsync(arguments)).Expect(1);

        (await _site.RunAsync("templates", "test")).Expect(0);
        Assert.Contains("there is a template 'acme' already", again.Error, StringComparison.Ordinal);
        Assert.Equal(text, File.ReadAllText(_site.File("templates/acme.sbn")));
    }

    [Fact]
    public async Task New_template_may_be_a_copy_and_lies_where_the_site_says()
    {
        Directory.CreateDirectory(_site.File("own"));
        _site.WriteSite("  webhooks: { hook: { endpoint: 'http://127.0.0.1:1/in', template: my_jira, mode: single } }", host: "  templates: { directory: ./own }");

        CommandResult made = (await _site.RunAsync("templates", "new", "my_jira", "--from", "jira", "--config", "site.yaml")).Expect(0);

        Assert.Equal("Wrote own/my_jira.sbn. Change it, and run: audithost templates test my_jira\n", made.Output);
        (await _site.RunAsync("templates", "test", "--config", "site.yaml")).Expect(0);
        (await _site.RunAsync("validate", "site.yaml")).Expect(0);
        Assert.Contains("template: my_jira\n", (await _site.RunAsync("templates", "show", "my_jira", "--config", "site.yaml")).Expect(0).Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(2, "'Acme' is no name for a template", "templates", "new", "Acme")]
    [InlineData(2, "leave --kind and --content-type out", "templates", "new", "acme", "--from", "jira", "--kind", "body")]
    [InlineData(1, "Did you mean jira?", "templates", "new", "acme", "--from", "jiraa")]
    [InlineData(1, "Did you mean ocsf?", "templates", "show", "ocfs")]
    [InlineData(1, "there is no file none.sbn", "templates", "test", "none.sbn")]
    [InlineData(1, "Did you mean ocsf?", "render", "--template", "ocff", "one.jsonl")]
    public async Task What_cannot_be_meant_is_refused_with_a_hint(int exitCode, string hint, params string[] arguments)
    {
        _site.Write("one.jsonl", TestEvents.Json(1));

        CommandResult result = (await _site.RunAsync(arguments)).Expect(exitCode);

        Assert.Contains(hint, result.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_site.File("templates")));
    }

    [Fact]
    public async Task Render_follows_what_the_template_says_of_itself()
    {
        _site.Write("two.jsonl", $"{TestEvents.Json(1)}\n{TestEvents.Json(2)}");
        _site.Write("templates/acme.sbn", "---\nkind: body\ncontent_type: text/plain\n---\n{{ batch.count }} events");

        Assert.Equal("2 events", (await _site.RunAsync("render", "--template", "acme", "two.jsonl")).Expect(0).Output);
        Assert.Equal("2 events", (await _site.RunAsync("render", "--template", "templates/acme.sbn", "two.jsonl")).Expect(0).Output);
        Assert.Equal(2, (await _site.RunAsync("render", "--template", "ocsf", "two.jsonl")).Expect(0).Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
    }

    [Theory]
    [MemberData(nameof(ReadyNames))]
    public async Task Example_of_a_ready_template_is_a_valid_site_that_renders(string name)
    {
        string text = (await _site.RunAsync("templates", "show", name)).Expect(0).Output;
        string example = Example().Match(text).Groups["text"].Value;
        _site.Write("site.yaml", $"{_site.HostSection}\nenterprise_integration:\n{example}");
        _site.Write("one.jsonl", TestEvents.Json(1));
        Dictionary<string, string> environment = Variable().Matches(example).Select(match => match.Groups["name"].Value).Distinct()
            .ToDictionary(variable => variable, ValueOf);

        CommandResult valid = (await AuditHostCommand.RunAsync(_site.Path, null, environment, "validate", "site.yaml")).Expect(0);
        CommandResult rendered = (await AuditHostCommand.RunAsync(
            _site.Path, null, environment, "render", "--destination", name, "one.jsonl", "--config", "site.yaml")).Expect(0);

        Assert.Contains("1 enabled destination, 0 warnings", valid.Output, StringComparison.Ordinal);
        Assert.Contains(TestEvents.Id(1), rendered.Output, StringComparison.Ordinal);
        using JsonDocument document = JsonDocument.Parse(rendered.Output);
    }

    public void Dispose() => _site.Dispose();

    /// <summary>Addresses and keys that are checked for their form, and for the rest anything.</summary>
    private static string ValueOf(string variable) => variable[(variable.IndexOf('_', StringComparison.Ordinal) + 1)..] switch
    {
        var rest when rest.EndsWith("URL", StringComparison.Ordinal) => "https://vendor.example/in",
        "INTEGRATION_KEY" => "0123456789abcdef0123456789abcdef",
        _ => $"value-of-{variable}",
    };

    [GeneratedRegex(@"(?m)^example: \|\n(?<text>(  .*\n)+)")]
    private static partial Regex Example();

    [GeneratedRegex(@"\$\{(?<name>[A-Z_]+)\}")]
    private static partial Regex Variable();
}
