using AuditHost.PluginKit.Http;
using AuditHost.Sdk;

namespace AuditHost.Connectors.NewRelic;

/// <summary>The settings, checked.</summary>
internal sealed record NewRelicOptions
{
    public required string LicenseKey { get; init; }

    public required IReadOnlyList<NewRelicFeed> Feeds { get; init; }

    /// <summary>What is sent, in the order of the feeds.</summary>
    public required IReadOnlyList<TelemetryKind> Kinds { get; init; }

    public required LateEvents LateEvents { get; init; }

    public required HttpCompression Compression { get; init; }

    /// <exception cref="SettingsException">A setting cannot work.</exception>
    public static NewRelicOptions Of(NewRelicSettings settings, TimeProvider time)
    {
        string key = NewRelic.LicenseKey.Check(settings);
        var common = CommonAttributes.Of(settings);
        EnvelopeAttribute[] envelope = EnvelopeAttributes.Of(settings);
        TelemetryKind[] kinds = KindsOf(settings);
        return new NewRelicOptions
        {
            LicenseKey = key,
            Feeds = [.. kinds.Select(kind => new NewRelicFeed(BodyOf(kind, settings, common, envelope), NewRelicAddress.Parse(settings, kind, time)))],
            Kinds = kinds,
            LateEvents = settings.LateEvents,
            Compression = settings.Compression,
        };
    }

    /// <summary>What is sent, in the order in which it is.</summary>
    /// <exception cref="SettingsException">Nothing, or something twice.</exception>
    public static TelemetryKind[] KindsOf(NewRelicSettings settings)
    {
        if (settings.Send.Count == 0)
            throw new SettingsException("send", "Empty. Give at least one of logs, events, traces and metrics");
        TelemetryKind[] kinds = [.. settings.Send.Distinct().Order()];
        return kinds.Length == settings.Send.Count ? kinds : throw new SettingsException("send", "One stands there twice. Remove it");
    }

    private static ITelemetryBody BodyOf(TelemetryKind kind, NewRelicSettings settings, CommonAttributes common, EnvelopeAttribute[] envelope) => kind switch
    {
        TelemetryKind.Logs => new LogBody(settings, common, envelope),
        TelemetryKind.Events => new EventBody(settings, common, envelope),
        TelemetryKind.Traces => new SpanWriter(common, envelope),
        _ => new MetricBody(settings, common),
    };
}
