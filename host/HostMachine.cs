using AuditHost.Journal;
using AuditHost.Journal.Storage;

namespace AuditHost;

/// <summary>What a site takes from the machine it runs on, besides the clock. A simulation gives it a machine of its own.</summary>
internal sealed record HostMachine
{
    public static HostMachine This { get; } = new();

    public IJournalStorage Storage { get; init; } = DiskStorage.Instance;

    /// <summary>Takes a data directory for this process alone; disposing gives it back.</summary>
    public Func<string, IDisposable> Lock { get; init; } = DataDirectoryLock.Acquire;

    /// <summary>Makes the thread of a journal's committer.</summary>
    public Func<ICommitThread> CommitThread { get; init; } = static () => new CommitThread();

    /// <summary>Spreads what is tried again.</summary>
    public Random Random { get; init; } = Random.Shared;
}
