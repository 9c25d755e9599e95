using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using AuditHost.Sdk;
using AuditHost.Sdk.Testing;
using NSubstitute;

namespace AuditHost.Plugins.Tests.Formats;

/// <summary>Creates formatters the way the host does and gives back what they write.</summary>
internal static class Rendering
{
    private static readonly JsonSerializerOptions FewEscapes = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static IEventFormatter Create(FormatterFactory factory, string settings = "{}") =>
        factory.Create(Encoding.UTF8.GetBytes(settings), Substitute.For<PluginContext>());

    public static string Render(this IEventFormatter formatter, AuditEvent auditEvent)
    {
        var output = new ArrayBufferWriter<byte>();
        formatter.Format(auditEvent, output);
        return new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true).GetString(output.WrittenSpan);
    }

    /// <summary>An event with the given type, user and classification, with as few or as many escapes as JSON allows.</summary>
    public static AuditEvent Event(string type, string user = "u", string classification = "c", bool escaped = false)
    {
        var members = new
        {
            event_id = "e-1",
            timestamp = "2026-03-31T06:52:12Z",
            event_type = type,
            context = new { user, security = new { classification } },
        };
        return TestEvent.Parse(JsonSerializer.Serialize(members, escaped ? JsonSerializerOptions.Default : FewEscapes));
    }
}
