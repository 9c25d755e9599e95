using System.Text.Json.Nodes;

namespace AuditHost.Fakes.Fluentd;

/// <summary>An event as the input took it.</summary>
/// <param name="Tag">Its tag.</param>
/// <param name="Seconds">Its time, seconds since 1970.</param>
/// <param name="Nanoseconds">And the rest of it.</param>
/// <param name="Record">The record; whole numbers are long or ulong, others double.</param>
public sealed record FluentEvent(string Tag, uint Seconds, uint Nanoseconds, JsonObject Record)
{
    public string Json => Record.ToJsonString(new System.Text.Json.JsonSerializerOptions { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
}
