using AuditHost.Configuration.Options;
using AuditHost.Journal;
using AuditHost.Journal.Storage;
using Microsoft.Extensions.Logging;

namespace AuditHost.Intake.Deduplication;

/// <summary>The journal behind what keeps out the events it has already, or the journal alone where the site wants it so.</summary>
internal static class DeduplicatedIntake
{
    public static IEventSink Open(
        EventJournal journal, HostOptions host, OwnedResources owned, IJournalStorage storage, TimeProvider time, ILogger logger)
    {
        DeduplicationOptions options = host.Deduplication;
        if (options.Window == TimeSpan.Zero)
            return journal;
        var recent = new RecentEvents(options, time);
        FingerprintLog? log = null;
        try
        {
            log = owned.Add(
                FingerprintLog.Open(Path.Combine(host.DataDirectory, FingerprintLog.Folder), journal.LogId, options.Generation, storage, time),
                "The log of fingerprints");
        }
        catch (IOException exception)
        {
            logger.LogWarning("The log of fingerprints cannot be opened now; the next start takes longer. {Reason}", exception.Message);
        }

        FingerprintKey key = log?.Key ?? FingerprintKey.Create();
        try
        {
            RecentEventsLoader.Load(journal, log, key, recent, options, time);
        }
        catch (IOException exception)
        {
            logger.LogWarning(exception, "The journal cannot be read now; events that were sent before the start and are sent again will be stored twice.");
        }

        return new DeduplicatingSink(journal, recent, key, log);
    }
}
