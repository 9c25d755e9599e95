using AuditHost.Sdk;

namespace AuditHost.Connectors.Prometheus.Pushing;

/// <summary>What the metrics are pushed to.</summary>
internal interface IPushTarget
{
    /// <summary>Where it is, as it may be shown.</summary>
    IReadOnlyList<Uri> Shown { get; }

    /// <summary>Pushes the state of all metrics.</summary>
    ValueTask<DeliveryResult> PushAsync(CancellationToken cancellationToken);

    /// <summary>Checks that it can be reached, without a push.</summary>
    ValueTask ProbeAsync(CancellationToken cancellationToken);

    /// <summary>Leaves it as the settings want it left, when the connector stops.</summary>
    ValueTask LeaveAsync(CancellationToken cancellationToken);
}
