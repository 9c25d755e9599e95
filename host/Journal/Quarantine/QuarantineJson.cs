using System.Text.Json.Serialization;

namespace AuditHost.Journal.Quarantine;

/// <summary>How a piece in quarantine is described. Members are only ever added.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(QuarantinePiece))]
internal sealed partial class QuarantineJson : JsonSerializerContext;
