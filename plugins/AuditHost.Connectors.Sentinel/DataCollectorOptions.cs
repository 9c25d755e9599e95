using AuditHost.PluginKit.Http;
using AuditHost.Sdk;

namespace AuditHost.Connectors.Sentinel;

/// <summary>Where and as what events go by the HTTP Data Collector API.</summary>
/// <param name="Address">The address that takes them.</param>
/// <param name="Key">Signs them.</param>
/// <param name="LogType">Their table, without <c>_CL</c>.</param>
/// <param name="TimeField">The field that has their time.</param>
internal sealed record DataCollectorOptions(Uri Address, SharedKey Key, string LogType, string TimeField)
{
    private const string UsualTimeField = "EventTime";
    private const string ApiVersion = "2016-04-01";

    /// <summary>Names that the API refuses ("HTTP Data Collector API", Reserved properties).</summary>
    private static readonly string[] ReservedFields = ["tenant", "TimeGenerated", "RawData"];

    /// <exception cref="SettingsException">A setting is missing or cannot work.</exception>
    public static DataCollectorOptions Of(SentinelSettings settings)
    {
        string workspace = SentinelOptions.Require("workspace_id", settings.WorkspaceId, "Set it to the id of the Log Analytics workspace, a GUID");
        string key = SentinelOptions.Require("shared_key", settings.SharedKey, "Set it to the primary or secondary key of the workspace");
        string logType = SentinelOptions.Require("log_type", settings.LogType, "Set it to the name of the table without its ending _CL");
        if (!Guid.TryParseExact(workspace, "D", out _))
            throw new SettingsException("workspace_id", "Not the id of a workspace. Expected a GUID such as 00112233-4455-6677-8899-aabbccddeeff");
        if (logType.Length > AzureLimits.LogType || !IsName(logType))
            throw new SettingsException("log_type", $"Not a log type. Use letters, digits and '_', at most {AzureLimits.LogType}");
        string timeField = settings.TimeGeneratedField ?? UsualTimeField;
        if (timeField.Length is 0 or > AzureLimits.ColumnName || !IsName(timeField) || ReservedFields.Contains(timeField, StringComparer.OrdinalIgnoreCase))
            throw new SettingsException("time_generated_field", $"Not a field. Use letters, digits and '_', at most {AzureLimits.ColumnName}, and none of {string.Join(", ", ReservedFields)}");
        return new DataCollectorOptions(AddressOf(settings.Endpoint, workspace), SharedKey.Parse("shared_key", workspace, key), logType, timeField);
    }

    private static Uri AddressOf(string? endpoint, string workspace)
    {
        var address = new UriBuilder(HttpEndpoint.Parse("endpoint", endpoint ?? $"https://{workspace}.ods.opinsights.azure.com"));
        if (!address.Path.EndsWith(SharedKey.Resource, StringComparison.Ordinal))
            address.Path = address.Path.TrimEnd('/') + SharedKey.Resource;
        address.Query = $"api-version={ApiVersion}";
        return address.Uri;
    }

    private static bool IsName(string text) => text.All(one => char.IsAsciiLetterOrDigit(one) || one == '_');
}
