namespace AuditHost.PluginKit.Files;

/// <summary>Where a <see cref="RotatingFile"/> lies, when it starts anew, and how much of the past it keeps.</summary>
/// <param name="Path">The file's absolute path.</param>
public sealed record RotatingFileOptions(string Path)
{
    /// <summary>The length in bytes that a file does not exceed, unless a single batch does; <see langword="null"/> for no limit.</summary>
    public long? MaxBytes { get; init; }

    /// <summary>When the clock alone starts a new file.</summary>
    public RotationPeriod Every { get; init; }

    /// <summary>How many rotated files are kept; <see langword="null"/> keeps all.</summary>
    public int? KeepFiles { get; init; }

    /// <summary>How long rotated files are kept; <see langword="null"/> keeps them for ever.</summary>
    public TimeSpan? KeepFor { get; init; }

    /// <summary>Whether each append waits for the disk.</summary>
    public bool Sync { get; init; } = true;
}
