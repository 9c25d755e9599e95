using AuditHost.Journal.Storage;

namespace AuditHost.Intake.Files;

/// <summary>How far a file is read, and what it is known by.</summary>
internal sealed record FilePosition
{
    /// <summary>How much of a file's beginning is remembered at most.</summary>
    public const int LongestFingerprint = 1024;

    public required FileIdentity Identity { get; init; }

    /// <summary>The path it was last seen at.</summary>
    public required string Path { get; init; }

    /// <summary>Counts how often the file was emptied and begun again.</summary>
    public int Generation { get; init; }

    /// <summary>The next byte to read.</summary>
    public long Offset { get; init; }

    /// <summary>How many of the first bytes <see cref="Fingerprint"/> covers.</summary>
    public int FingerprintLength { get; init; }

    /// <summary>SHA-256 of the first bytes.</summary>
    public required byte[] Fingerprint { get; init; }

    /// <summary>SHA-256 over all that was known of the file when it was first seen; with an offset it names an event for ever.</summary>
    public required byte[] IdSeed { get; init; }
}
