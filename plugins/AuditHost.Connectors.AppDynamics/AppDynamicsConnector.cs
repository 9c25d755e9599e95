using AuditHost.Connectors.AppDynamics.Events;
using AuditHost.Connectors.AppDynamics.Metrics;
using AuditHost.Sdk;

namespace AuditHost.Connectors.AppDynamics;

/// <summary>
/// Publishes events, reports metrics, or both. With both the events decide: a machine agent that does not take its figures is no reason to
/// publish events again, which the Events Service would store twice.
/// </summary>
internal sealed class AppDynamicsConnector(EventPublisher? events, MetricReporter? metrics) : IConnector
{
    /// <exception cref="SettingsException">A setting cannot work.</exception>
    public static AppDynamicsConnector Create(AppDynamicsSettings settings, PluginContext context)
    {
        bool sendsEvents = settings.Send.Contains(Sending.Events);
        bool sendsMetrics = settings.Send.Contains(Sending.Metrics);
        if (!sendsEvents && !sendsMetrics)
            throw new SettingsException("send", "Nothing would be sent. Expected events, metrics or both");
        return new AppDynamicsConnector(
            sendsEvents ? EventPublisher.Create(settings, context) : null,
            sendsMetrics ? MetricReporter.Create(settings.MachineAgent, context) : null);
    }

    public async ValueTask StartAsync(CancellationToken cancellationToken)
    {
        if (events is not null)
            await events.PrepareAsync(cancellationToken).ConfigureAwait(false);
    }

    public async ValueTask<DeliveryResult> SendAsync(EventBatch batch, CancellationToken cancellationToken)
    {
        if (events is null)
            return await metrics!.ReportAsync(batch, cancellationToken).ConfigureAwait(false);
        DeliveryResult result = await events.PublishAsync(batch, cancellationToken).ConfigureAwait(false);
        if (result.IsDelivered && metrics is not null)
            await metrics.ReportBesideAsync(batch, cancellationToken).ConfigureAwait(false);
        return result;
    }

    public async ValueTask ProbeAsync(CancellationToken cancellationToken)
    {
        if (events is not null)
            await events.ProbeAsync(cancellationToken).ConfigureAwait(false);
        if (metrics is not null)
            await metrics.ProbeAsync(cancellationToken).ConfigureAwait(false);
    }
}
