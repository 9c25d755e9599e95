using System.Text;
using System.Text.RegularExpressions;
using AuditHost.Configuration.Options;

namespace AuditHost.Formatting.Library;

/// <summary>The text of a template that somebody begins with. It compiles, and its test passes.</summary>
internal static partial class TemplateStarter
{
    private const string Sample = """
        {"event_id":"e-1","timestamp":"2026-03-31T06:52:12.118Z","event_type":"SecurityEvent","severity":"High","source":"payroll",
         "context":{"user":"ann","environment":{"hostname":"web-1"}},"payload":{"data":{"resource_id":"db/\"salaries\""}}}
        {"event_id":"e-2","timestamp":"2026-03-31T06:52:13Z","event_type":"AccessEvent"}

        """;

    private const string Fields =
        """{"id":{{ audit.id | json }},"time":{{ audit.time | json }},"type":{{ audit.type | json }},"severity":{{ audit.severity | json }},"user":{{ audit.user | json }},"event":{{ event | json }}}""";

    private const string Line =
        """{{ audit.time }} {{ audit.severity }} type={{ audit.type | json }} user={{ audit.user | json }} resource={{ event.payload.data.resource_id | json }}""";

    /// <summary>A template of its own.</summary>
    public static string Write(string name, TemplateKind kind, string contentType)
    {
        string variables = kind == TemplateKind.Body
            ? "# It sees `events`, each with `.event` and `.audit`, and `batch`."
            : "# It sees `event`, as it was received, and `audit`, what the host knows of it under the same names whoever sent it.";
        string text = $$$"""
            ---
            summary: What {{{name}}} is sent.
            # event: renders one event, and the host joins them. body: renders a whole batch.
            kind: {{{(kind == TemplateKind.Body ? "body" : "event")}}}
            # application/json, …+json and application/x-ndjson are checked each time.
            content_type: {{{contentType}}}
            # The test: events, and below what they must render to. They count from 1 and were received on 2026-01-01T00:00:00Z.
            sample: |
            {{{Indent(Sample)}}}
            ---
            {{~ {{{variables}}}
               # Nothing is escaped by itself: every value ends in the helper of its surroundings, in JSON `| json`. ~}}
            {{{Body(kind, contentType)}}}

            """;
        TemplateFile file = Parse(text, name);
        string expected = GoldenTest.Render(TemplateVersion.Compile(file), SampleEvents.Parse(file.Sample!, file.Path));
        return GoldenWriter.WithExpected(file, expected);
    }

    /// <summary>A copy under another name.</summary>
    public static string Copy(TemplateFile file, string name)
    {
        string head = file.Text[..file.Start.Offset];
        head = NameLine().Replace(head, string.Empty, 1);
        head = head.Replace($"template: {file.Name}", $"template: {name}", StringComparison.Ordinal);
        return head + file.Text[file.Start.Offset..];
    }

    private static string Body(TemplateKind kind, string contentType)
    {
        string one = OutputCheck.IsJson(contentType) || OutputCheck.IsJsonLines(contentType) ? Fields : Line;
        if (kind == TemplateKind.Event)
            return one;
        string ofBatch = one.Replace("{{ event", "{{ e.event", StringComparison.Ordinal).Replace("{{ audit", "{{ e.audit", StringComparison.Ordinal);
        return OutputCheck.IsJson(contentType)
            ? $$$"""
                {"events":[
                {{~ for e in events ~}}
                {{{ofBatch}}}{{ if !for.last }},{{ end }}
                {{~ end ~}}
                ]}
                """
            : $$$"""
                {{~ for e in events ~}}
                {{{ofBatch}}}
                {{~ end ~}}
                """;
    }

    private static string Indent(string text) => string.Join('\n', text.TrimEnd('\n').Split('\n').Select(line => $"  {line}"));

    private static TemplateFile Parse(string text, string name) => TemplateFile.Parse(Encoding.UTF8.GetBytes(text), $"{name}{TemplateLibrary.Extension}");

    [GeneratedRegex("^name:.*\n", RegexOptions.Multiline | RegexOptions.CultureInvariant)]
    private static partial Regex NameLine();
}
