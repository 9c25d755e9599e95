using System.Text.Json.Serialization;
using AuditHost.Plugins;

namespace AuditHost.Dashboard;

/// <summary>The JSON of the admin API and of <c>--json</c>: one spelling for both.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true,
    WriteIndented = true)]
[JsonSerializable(typeof(SiteStatus))]
[JsonSerializable(typeof(IReadOnlyList<DeadLetterView>))]
[JsonSerializable(typeof(DeadLetterView))]
[JsonSerializable(typeof(DeadLetterQuery))]
[JsonSerializable(typeof(ReplayOrder))]
[JsonSerializable(typeof(ReplayReport))]
[JsonSerializable(typeof(DiscardReport))]
[JsonSerializable(typeof(IReadOnlyList<BacklogView>))]
[JsonSerializable(typeof(AdoptOrder))]
[JsonSerializable(typeof(AdoptReport))]
[JsonSerializable(typeof(BacklogDiscardReport))]
[JsonSerializable(typeof(IReadOnlyList<PluginDescription>))]
[JsonSerializable(typeof(IReadOnlyList<PluginReloadReport>))]
[JsonSerializable(typeof(string))]
internal sealed partial class AdminJson : JsonSerializerContext;
