using System.Diagnostics.Tracing;
using AuditHost.Connectors.Datadog;
using AuditHost.PluginKit.Settings;
using AuditHost.Sdk;

[assembly: Plugin(typeof(DatadogFactory))]

namespace AuditHost.Connectors.Datadog;

/// <summary><c>datadog</c>: sends events to Datadog as metrics, logs, spans and events.</summary>
public sealed class DatadogFactory() : ConnectorFactory<DatadogSettings>(
    new ConnectorInfo("datadog", "Sends events to Datadog as metrics, logs, spans of APM and events.")
    {
        Content = BatchContent.None,
        DefaultFormat = "json",
        Delivered = "Each API that send names has answered 202 without errors: Datadog has taken the event, and works on it later. With metrics alone it is counted there, and nothing else of it is kept. DogStatsD confirms nothing: the event is counted in a datagram that was handed to the kernel.",
        MaxConcurrency = MaxConcurrency,

        // A batch goes as one point of each series, and as several requests of logs (1,000 entries and 5 MB each) where need be.
        MaxBatchEvents = MaxBatchEvents,
        MaxBatchBytes = 8 << 20,
        BatchingAliases = new Dictionary<string, string> { ["buffer_size"] = "batch_size", ["flush_interval_seconds"] = "batch_timeout_seconds" },
    },
    SettingsContext.Default.DatadogSettings)
{
    internal const int MaxConcurrency = 4;
    internal const int MaxBatchEvents = 10_000;

    protected override IConnector Create(DatadogSettings settings, PluginContext context)
    {
        DatadogOptions options = DatadogOptions.Of(settings, context.Time);
        if (!settings.EnableBackgroundFlush)
            context.Log(EventLevel.Warning, "enable_background_flush: false has no effect: the host sends every batch, after batch_timeout_seconds (flush_interval_seconds) at the latest. Remove it.");
        if (options.Signals.Contains(DatadogSignal.DogStatsd))
            context.Log(EventLevel.Warning, "DogStatsD loses metrics without a word, and an event counts as delivered without anybody's confirmation; for an audit trail send metrics or logs.");
        WarnOfIdle(settings, context);
        return new DatadogConnector(options, context);
    }

    protected override IReadOnlyList<Uri> Endpoints(DatadogSettings settings)
    {
        DatadogOptions options = DatadogOptions.Of(settings, TimeProvider.System);
        var endpoints = new List<Uri>();
        if (options.Signals.Contains(DatadogSignal.Logs))
            endpoints.AddRange(options.Addresses.Logs.Shown);
        if (options.SendsSpans)
            endpoints.AddRange(options.Addresses.Spans.Shown);
        if (options.Signals.Contains(DatadogSignal.Events))
            endpoints.AddRange(options.Addresses.Events.Shown);
        if (options.Signals.Contains(DatadogSignal.Metrics))
            endpoints.AddRange([.. options.Addresses.Distributions.Shown, .. options.Addresses.Series.Shown]);
        if (options.Signals.Contains(DatadogSignal.DogStatsd))
            endpoints.Add(options.DogStatsd);
        return endpoints;
    }

    protected override BatchContent Content(DatadogSettings settings) =>
        settings.Send.Contains(DatadogSignal.Logs) ? BatchContent.Payload : BatchContent.None;

    /// <summary>Names what is set and does nothing beside the rest.</summary>
    private static void WarnOfIdle(DatadogSettings settings, PluginContext context)
    {
        if (settings.LogsEndpoint is not null && !settings.Send.Contains(DatadogSignal.Logs))
            context.Log(EventLevel.Warning, "logs_endpoint has no effect without logs in send. Remove it, or send logs.");
        if (settings.ApmEndpoint is not null && !settings.ApmEnabled)
            context.Log(EventLevel.Warning, "apm_endpoint has no effect without apm_enabled: true. Remove it, or switch spans on.");
    }
}
