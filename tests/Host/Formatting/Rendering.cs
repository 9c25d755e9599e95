using System.Buffers;
using System.Runtime.CompilerServices;
using System.Text;
using AuditHost.Formatting;
using AuditHost.Intake;
using AuditHost.Sdk;

namespace AuditHost.Tests.Formatting;

/// <summary>Short forms for rendering a template in a test.</summary>
internal static class Rendering
{
    public const string TextPlain = "text/plain";
    public const string Json = "application/json";

    public static string FolderOfTests([CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;

    public static IReadOnlyList<AuditEvent> Samples() =>
        [.. File.ReadLines(Path.Combine(FolderOfTests(), "chain10.jsonl")).Select((line, index) => Event(line, (ulong)index + 1))];

    public static ParsedEvent Event(string json, ulong sequence = 1)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(json);
        Assert.True(EventParser.TryParse(bytes, out EventIndex index, out EventError? error), error?.Reason);
        var parsed = new ParsedEvent();
        parsed.Set(bytes, index, sequence, new DateTime(2026, 4, 1, 0, 0, 0, DateTimeKind.Utc).Ticks, null);
        return parsed;
    }

    public static string Render(this IEventFormatter formatter, AuditEvent auditEvent)
    {
        var output = new ArrayBufferWriter<byte>();
        formatter.Format(auditEvent, output);
        return Encoding.UTF8.GetString(output.WrittenSpan);
    }

    public static string Render(string template, string json, string contentType = TextPlain) =>
        TemplateCompiler.CompileEvent(template, "t.sbn", contentType).Render(Event(json));

    public static string RenderBody(string template, IEnumerable<AuditEvent> events, string contentType = TextPlain)
    {
        OutboundEvent[] outbound = [.. events.Select(auditEvent => new OutboundEvent(auditEvent, "log", default))];
        var output = new ArrayBufferWriter<byte>();
        TemplateCompiler.CompileBody(template, "body.sbn", contentType).Format(outbound, new BatchFacts("siem", "b-1"), output);
        return Encoding.UTF8.GetString(output.WrittenSpan);
    }
}
