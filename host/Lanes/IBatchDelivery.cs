namespace AuditHost.Lanes;

/// <summary>Takes a lane's batch to its destination.</summary>
internal interface IBatchDelivery
{
    /// <summary>Ends when each event of the batch is delivered or durably a dead letter.</summary>
    /// <exception cref="OperationCanceledException">The host stopped first and the batch stays in the journal, or the loop gave it up.</exception>
    Task<Settlement> DeliverAsync(LaneBatch batch, BatchClaim claim, CancellationToken stopping, CancellationToken aborting);
}
