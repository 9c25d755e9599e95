namespace AuditHost.Sdk.Testing;

/// <summary>How the stream peer treats a connection.</summary>
internal enum StreamManner
{
    /// <summary>Reads all that comes and says nothing.</summary>
    Reads,

    /// <summary>Takes the connection and reads nothing.</summary>
    Deaf,

    /// <summary>Resets the connection as soon as it is there.</summary>
    Resets,

    /// <summary>Reads, and closes its own direction at once.</summary>
    HalfCloses,

    /// <summary>Reads, and talks without end though nobody asked.</summary>
    Talks,
}
