using System.Diagnostics.Tracing;
using AuditHost.Connectors.Fluentd;
using AuditHost.PluginKit.Settings;
using AuditHost.PluginKit.Transport;
using AuditHost.Sdk;

[assembly: Plugin(typeof(FluentdFactory))]

namespace AuditHost.Connectors.Fluentd;

/// <summary><c>fluentd</c>: sends events to the forward input of Fluentd or Fluent Bit.</summary>
public sealed class FluentdFactory() : ConnectorFactory<FluentdSettings>(
    new ConnectorInfo("fluentd", "Sends events to the forward input of Fluentd or Fluent Bit.")
    {
        Content = BatchContent.Payload,
        Delivered = "Fluentd has acknowledged the chunk, which it does when its router and buffers took it; with require_ack off, the network took it.",
        MaxConcurrency = 1,
        MaxBatchEvents = 1000,

        // Fluent Bit takes 6 MB unless told otherwise, Fluentd has no limit of its own; small chunks are what both are made for.
        MaxBatchBytes = 1_000_000,
    },
    SettingsContext.Default.FluentdSettings)
{
    private const int UsualPort = 24_224;

    protected override IConnector Create(FluentdSettings settings, PluginContext context)
    {
        StreamEndpoints endpoints = StreamEndpoints.Parse("endpoint", settings.Endpoint, UsualPort, context.Time);
        if (settings.MaxChunkBytes is < 1024 or > 64 << 20)
            throw new SettingsException("max_chunk_bytes", "Expected 1024 to 67108864");
        Handshake? handshake = Handshake.Create(settings, context);
        var tags = EventTags.Create(settings.Tag, context);
        if (!settings.RequireAck)
            context.Log(EventLevel.Warning, "Without require_ack what a broken connection swallowed is lost without a word; for an audit trail switch it on.");
        return new FluentdConnector(endpoints, handshake, new ForwardBatch(settings, tags, context.Destination), settings.RequireAck, context);
    }

    protected override IReadOnlyList<Uri> Endpoints(FluentdSettings settings) =>
        StreamEndpoints.Parse("endpoint", settings.Endpoint, UsualPort, TimeProvider.System).Shown;
}
