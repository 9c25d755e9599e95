using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace AuditHost.PluginKit.Settings;

[JsonSerializable(typeof(JsonNode))]
internal sealed partial class NodeContext : JsonSerializerContext;
