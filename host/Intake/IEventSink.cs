using AuditHost.Journal;

namespace AuditHost.Intake;

/// <summary>Where sources put their events; the journal, outside of tests.</summary>
internal interface IEventSink
{
    /// <summary>Makes the batch durable as a whole. The batch and its bytes are the caller's again once the task has ended.</summary>
    /// <exception cref="JournalFullException">Nothing was taken; try again later.</exception>
    /// <exception cref="JournalFailedException">Nothing was taken; the disk failed.</exception>
    ValueTask<AppendReceipt> AppendAsync(IntakeBatch batch, CancellationToken cancellationToken);
}
