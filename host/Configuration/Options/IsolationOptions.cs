namespace AuditHost.Configuration.Options;

/// <summary><c>isolation: process</c>: a destination's plugin runs in a process of its own, inside these limits.</summary>
internal sealed record IsolationOptions
{
    /// <summary>The most memory that the process may have resident, in bytes; beyond it the process is ended.</summary>
    public long MemoryBytes { get; init; } = 256L << 20;

    /// <summary>The most files and sockets that it may have open, of which the runtime itself takes some 250.</summary>
    public int OpenFiles { get; init; } = 1024;

    /// <summary>The most threads that it may have.</summary>
    public int Threads { get; init; } = 128;

    /// <summary>Its environment besides what a runtime needs: nothing of the host's own is inherited.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();
}
