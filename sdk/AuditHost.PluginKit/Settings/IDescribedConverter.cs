using System.Text.Json.Nodes;

namespace AuditHost.PluginKit.Settings;

/// <summary>A converter that says what it reads: the schema's exporter cannot look into one.</summary>
internal interface IDescribedConverter
{
    /// <summary>The JSON schema of a value, a new object each time.</summary>
    JsonObject DescribeValue();
}
