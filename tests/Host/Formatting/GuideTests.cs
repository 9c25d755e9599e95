using System.Text.Json;
using System.Text.RegularExpressions;
using AuditHost.Formatting;
using AuditHost.Sdk;

namespace AuditHost.Tests.Formatting;

/// <summary>Runs the examples of the guide for template authors, as they stand there.</summary>
public sealed partial class GuideTests
{
    [Fact]
    public void Slack_message_of_the_guide_renders_every_sample()
    {
        IEventFormatter template = TemplateCompiler.CompileEvent(Example("slack"), "README.md", "application/json");

        foreach (AuditEvent sample in Rendering.Samples())
        {
            using var message = JsonDocument.Parse(template.Render(sample));
            Assert.Equal($"{sample.Severity}: {sample.Type.ToString()}", message.RootElement.GetProperty("text").GetString());
            JsonElement blocks = message.RootElement.GetProperty("blocks");
            Assert.Equal(sample.Severity >= Severity.High ? 3 : 2, blocks.GetArrayLength());
            Assert.Equal(
                sample.Id.ToString(), blocks.EnumerateArray().Last().GetProperty("elements").EnumerateArray().Last().GetProperty("text").GetString());
        }
    }

    [Fact]
    public void Slack_message_of_the_guide_cannot_be_written_by_the_event()
    {
        IEventFormatter template = TemplateCompiler.CompileEvent(Example("slack"), "README.md", "application/json");

        string message = template.Render(Rendering.Event("""{"id":"1","type":"<!channel> \"]}","user":"x\"},{\"type\":\"a\n"}"""));

        Assert.DoesNotContain("<!channel>", message, StringComparison.Ordinal);
        using var parsed = JsonDocument.Parse(message);
        Assert.Equal(2, parsed.RootElement.GetProperty("blocks").GetArrayLength());
    }

    [Fact]
    public void Bulk_body_of_the_guide_has_two_lines_for_each_sample()
    {
        IReadOnlyList<AuditEvent> samples = Rendering.Samples();

        string body = Rendering.RenderBody(Example("bulk"), samples, "application/x-ndjson");

        Assert.EndsWith("}\n", body, StringComparison.Ordinal);
        string[] lines = body.TrimEnd('\n').Split('\n');
        Assert.Equal(2 * samples.Count, lines.Length);
        for (int index = 0; index < samples.Count; index++)
        {
            using var action = JsonDocument.Parse(lines[2 * index]);
            using var document = JsonDocument.Parse(lines[(2 * index) + 1]);
            Assert.Equal($"log-{index + 1}", action.RootElement.GetProperty("create").GetProperty("_id").GetString());
            Assert.True(document.RootElement.GetProperty("original").GetRawText().AsSpan().SequenceEqual(
                System.Text.Encoding.UTF8.GetString(samples[index].Json.Span)));
        }
    }

    private static string Example(string name)
    {
        string guide = File.ReadAllText(Path.Combine(Rendering.FolderOfTests(), "../../../host/Formatting/README.md"));
        return Examples().Matches(guide).Single(match => match.Groups[1].Value == name).Groups[2].Value;
    }

    [GeneratedRegex(@"<!-- example: (\w+),[^>]*-->\n```scriban\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Examples();
}
