using System.Text.Json.Serialization;

namespace AuditHost.Lanes.Alerts;

/// <summary>The JSON of the file of open alerts.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, UseStringEnumConverter = true, WriteIndented = true)]
[JsonSerializable(typeof(IReadOnlyList<OpenAlert>))]
internal sealed partial class AlertJson : JsonSerializerContext;
