using AuditHost.Journal;

namespace AuditHost.Intake;

/// <summary>One sender's wait for destinations.</summary>
internal interface IDeliveryFollowing : IDisposable
{
    /// <summary>Ends when every destination is done with the events, or with the time or the token.</summary>
    /// <param name="receipt">Which events.</param>
    /// <param name="timeout">How long to wait.</param>
    /// <param name="cancellationToken">Ends the wait early; what is known by then is told.</param>
    Task<IReadOnlyList<DeliveryOutcome>> WaitAsync(AppendReceipt receipt, TimeSpan timeout, CancellationToken cancellationToken);
}
