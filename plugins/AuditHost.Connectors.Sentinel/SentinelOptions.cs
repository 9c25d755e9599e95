using AuditHost.PluginKit.Http;
using AuditHost.Sdk;

namespace AuditHost.Connectors.Sentinel;

/// <summary>Tells from the settings which of the two APIs is meant, and checks those of the Logs Ingestion API.</summary>
internal static class SentinelOptions
{
    private const string ApiVersion = "2023-01-01";

    /// <summary>Whether the keys of the former API stand there.</summary>
    /// <exception cref="SettingsException">Those of both stand there, or of neither.</exception>
    public static bool UsesDataCollector(SentinelSettings settings)
    {
        bool collector = (settings.WorkspaceId ?? settings.SharedKey ?? settings.LogType) is not null;
        bool ingestion = (settings.DcrImmutableId ?? settings.StreamName) is not null;
        if (collector && ingestion)
            throw new SettingsException(
                "workspace_id", "Two ways at once: workspace_id, shared_key and log_type are the HTTP Data Collector API, dcr_immutable_id and stream_name the Logs Ingestion API. Leave out the former");
        if (!collector && !ingestion && settings.Endpoint is null)
            throw new SettingsException("endpoint", "Missing. Set endpoint, dcr_immutable_id and stream_name of a data collection rule");
        return collector;
    }

    /// <summary>The address that takes the events of a rule's stream.</summary>
    /// <exception cref="SettingsException">A setting is missing or cannot work.</exception>
    public static Uri IngestionAddressOf(SentinelSettings settings)
    {
        string rule = Require("dcr_immutable_id", settings.DcrImmutableId, "Set it to the immutable id of the data collection rule, which begins with dcr-");
        string stream = Require("stream_name", settings.StreamName, "Set it to a stream that the data collection rule declares, such as Custom-Audit");
        Uri endpoint = HttpEndpoint.Parse("endpoint", Require("endpoint", settings.Endpoint, "Set it to the logs ingestion endpoint of the data collection rule"));
        if (endpoint.Query.Length > 0)
            throw new SettingsException("endpoint", "Has a query (?…). Give the logs ingestion endpoint alone, such as https://name.region-1.ingest.monitor.azure.com");
        if (!rule.StartsWith("dcr-", StringComparison.Ordinal) || !IsPathName(rule))
            throw new SettingsException("dcr_immutable_id", "Not the immutable id of a data collection rule. It begins with dcr-, and is neither the rule's name nor its resource id");
        if (!(stream.StartsWith("Custom-", StringComparison.Ordinal) || stream.StartsWith("Microsoft-", StringComparison.Ordinal)) || !IsPathName(stream))
            throw new SettingsException("stream_name", "Not a stream. It begins with Custom- or Microsoft-, as the data collection rule declares it");
        if (settings.TimeGeneratedField is not null)
            throw new SettingsException("time_generated_field", "Belongs to the Data Collector API. The Logs Ingestion API takes the column TimeGenerated. Leave it out");
        return new UriBuilder(endpoint)
        {
            Path = $"{endpoint.AbsolutePath.TrimEnd('/')}/dataCollectionRules/{rule}/streams/{stream}",
            Query = $"api-version={ApiVersion}",
        }.Uri;
    }

    /// <exception cref="SettingsException">It is missing.</exception>
    public static string Require(string setting, string? value, string remedy) =>
        string.IsNullOrWhiteSpace(value) ? throw new SettingsException(setting, $"Missing or empty. {remedy}") : value;

    private static bool IsPathName(string text) => text.All(one => char.IsAsciiLetterOrDigit(one) || one is '-' or '_');
}
