using System.Text.Json.Serialization;

namespace AuditHost.Intake.Files;

[JsonSourceGenerationOptions(WriteIndented = true, PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(FilePosition[]))]
internal sealed partial class FilePositionsJson : JsonSerializerContext;
