using System.Text.Json;
using System.Text.Json.Serialization;
using AuditHost.Commands.Plugins;
using AuditHost.Formatting.Library;

namespace AuditHost.Commands;

/// <summary>The JSON of listings that do not come from the admin API.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true,
    WriteIndented = true)]
[JsonSerializable(typeof(IReadOnlyList<PluginVerdict>))]
[JsonSerializable(typeof(IReadOnlyList<Explanation>))]
[JsonSerializable(typeof(IReadOnlyList<ProbeResult>))]
[JsonSerializable(typeof(IReadOnlyList<TemplateListing>))]
[JsonSerializable(typeof(IReadOnlyList<GoldenResult>))]
[JsonSerializable(typeof(JsonElement))]
internal sealed partial class CommandJson : JsonSerializerContext;
