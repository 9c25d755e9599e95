using System.Text.Json;
using System.Text.RegularExpressions;
using AuditHost.Configuration.Options;
using AuditHost.Formatting.Library;
using AuditHost.Intake;

namespace AuditHost.Tests.Formatting.Library;

/// <summary>The templates that come with the host.</summary>
public sealed partial class ReadyTemplateTests
{
    private static readonly string[] Systems =
    [
        "crowdstrike_logscale", "exabeam", "google_secops", "jira", "microsoft_defender", "ocsf", "opsgenie", "pagerduty", "rapid7_insightidr", "securonix", "servicenow",
        "slack", "sumo_logic", "teams",
    ];

    private static readonly string Hostile = JsonSerializer.Serialize(Texts());

    public static TheoryData<string> Names => [.. Systems];

    [Fact]
    public void Each_system_has_one() => Assert.Equal(Systems, Library().Names);

    [Theory]
    [MemberData(nameof(Names))]
    public void Template_says_everything_of_itself_and_passes_its_test(string name)
    {
        TemplateEntry entry = Library().Find(name)!;

        TemplateFile file = entry.File!;
        GoldenResult result = GoldenTest.Run(entry.Path);

        Assert.Null(entry.Problem);
        Assert.Equal(name, Path.GetFileNameWithoutExtension(entry.Path));
        Assert.All([file.Summary, file.ContentType, file.Sample, file.Expected], Assert.NotNull);
        Assert.NotNull(file.Kind);
        Assert.StartsWith("https://", file.Source, StringComparison.Ordinal);
        Assert.Contains($"template: {name}\n", file.Example, StringComparison.Ordinal);
        Assert.True(result.Outcome == GoldenOutcome.Passed, string.Join('\n', result.Difference?.Lines ?? [result.Problem!]));
        Assert.Equal(2, result.Events);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_sample_event_becomes_valid_json_that_has_its_id(string name)
    {
        foreach (ParsedEvent[] events in Samples().Chunk(25))
        {
            string rendered = Render(name, events);

            Assert.All(events, parsed => Assert.Contains(parsed.Id.ToString(), rendered, StringComparison.Ordinal));
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Hostile_values_stay_values(string name)
    {
        ParsedEvent[] events = [.. Texts().Select(text => JsonSerializer.Serialize(text)).Select(text => Rendering.Event($$"""
            {"event_id":{{text}},"event_type":{{text}},"severity":"High","source":{{text}},"timestamp":"2026-03-31T06:52:13Z",
             "context":{"user":{{text}},"operation_id":{{text}},"environment":{"hostname":{{text}}},"security":{"classification":{{text}}},"compliance_profiles":[{{text}}]},
             "all":{{Hostile}}}
            """))];

        foreach (ParsedEvent parsed in events)
        {
            using JsonDocument hostile = JsonDocument.Parse(Render(name, [parsed]));
            using JsonDocument harmless = JsonDocument.Parse(Render(name, [Harmless()]));
            Assert.Equal(Shape(harmless.RootElement), Shape(hostile.RootElement));
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Event_with_nothing_in_it_is_rendered_too(string name) => Render(name, [Rendering.Event("{}")]);

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_value_ends_in_the_helper_for_json(string name)
    {
        string template = Library().Find(name)!.File!.Text;
        template = template[Library().Find(name)!.File!.Start.Offset..];

        string[] unescaped = [.. Values().Matches(template).Select(match => match.Value).Where(value => !Harmlessly().IsMatch(value))];

        Assert.Empty(unescaped);
    }

    private static TemplateLibrary Library() => new(string.Empty);

    private static string[] Texts() =>
    [
        "\"", "\\", "\\\"", "a\"],\"b\":[\"", "line\nbreak\r\n", "\t\0\u0001\u001f\u007f", "\u2028\u2029", "</script>", "{{ event }}", "€ 😀 日本", " ", "null", new string('"', 3000),
    ];

    private static ParsedEvent Harmless() => Rendering.Event($$"""
        {"event_id":"a","event_type":"b","severity":"High","source":"c","timestamp":"2026-03-31T06:52:13Z",
         "context":{"user":"d","operation_id":"e","environment":{"hostname":"f"},"security":{"classification":"g"},"compliance_profiles":["h"]},"all":{{Hostile}}}
        """);

    private static IEnumerable<ParsedEvent> Samples()
    {
        string intake = Path.Combine(Rendering.FolderOfTests(), "../../Intake/Assets");
        string[] texts =
        [
            .. new[] { "chain10.jsonl", "chain10.concatenated.json", "cli_siem_export.pretty.json" }.Select(name => File.ReadAllText(Path.Combine(intake, name))),
            File.ReadAllText(Path.Combine(Rendering.FolderOfTests(), "../../../../host/samples/events.jsonl")),
        ];
        return texts.SelectMany(text => SampleEvents.Parse(text, "samples"));
    }

    /// <summary>Renders as a destination does; the host's own check that it is JSON is part of that.</summary>
    private static string Render(string name, ParsedEvent[] events)
    {
        TemplateVersion version = TemplateVersion.Compile(Library().Find(name)!.File!);
        string rendered = GoldenTest.Render(version, events);
        if (version.Kind == TemplateKind.Event && name != "jira")
            Assert.Equal(events.Length, rendered.Count(character => character == '\n'));
        return rendered;
    }

    /// <summary>Which members there are, and of what kind: an event must not be able to add one.</summary>
    private static string Shape(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => $"{{{string.Join(',', element.EnumerateObject().Select(member => $"{member.Name}:{Shape(member.Value)}"))}}}",
        JsonValueKind.Array => $"[{string.Join(',', element.EnumerateArray().Select(Shape))}]",
        _ => element.ValueKind.ToString(),
    };

    [GeneratedRegex(@"\{\{.*?\}\}", RegexOptions.Singleline)]
    private static partial Regex Values();

    [GeneratedRegex(@"\| json\s*-?\}\}$|^\{\{~|^\{\{ if !for\.last \}\}$|^\{\{ end \}\}$")]
    private static partial Regex Harmlessly();
}
