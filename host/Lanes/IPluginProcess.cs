namespace AuditHost.Lanes;

/// <summary>What a lane's surroundings ask of a connector that runs in a process of its own.</summary>
internal interface IPluginProcess
{
    /// <summary>How often another process had to be started since the first.</summary>
    long Restarts { get; }

    /// <summary>What it uses now; zero where none runs.</summary>
    long ResidentBytes { get; }

    /// <summary>Why the content of the template's file is not the one that renders there; <see langword="null"/> where it is. Some seconds old.</summary>
    string? TemplateProblem { get; }

    /// <summary>What was sent of an event that the destination refused. Kept for a moment only, and given once.</summary>
    ReadOnlyMemory<byte> TakeSent(ulong sequence);
}
