using AuditHost.Sdk;

namespace AuditHost.Connectors.Datadog;

/// <summary>Sends the events of a batch to one of Datadog's intakes.</summary>
internal interface IIntake
{
    /// <summary>Sends what the intake has not taken yet, and marks what it takes and what can never be sent.</summary>
    /// <param name="progress">The batch, and how far it is.</param>
    /// <param name="cancellationToken">Carries the deadline.</param>
    /// <returns>Delivered, or a failure that holds for all that is not marked.</returns>
    ValueTask<DeliveryResult> SendAsync(BatchProgress progress, CancellationToken cancellationToken);

    /// <summary>Checks what no API key says: whether something answers where the intake leads.</summary>
    ValueTask ProbeAsync(CancellationToken cancellationToken) => default;
}
