namespace AuditHost.Configuration.Options;

/// <summary>One entry of <c>host.sources</c>.</summary>
internal abstract record SourceOptions;

/// <summary><c>type: http</c>: <c>POST /v1/events</c> on the host's listener.</summary>
internal sealed record HttpSourceOptions : SourceOptions;

/// <summary><c>type: file</c>: follows every file that matches a pattern.</summary>
internal sealed record FileSourceOptions : SourceOptions
{
    /// <summary>An absolute path whose file name, and folders, may have <c>*</c> and <c>?</c>.</summary>
    public required string Path { get; init; }

    /// <summary>Where to begin in a file without a kept position: at its start, or at its end for files already there.</summary>
    public bool FromStart { get; init; } = true;

    public int MaxEventBytes { get; init; } = 1 << 20;
}

/// <summary><c>type: stdin</c>: standard input until its end.</summary>
internal sealed record StandardInputSourceOptions : SourceOptions
{
    public int MaxEventBytes { get; init; } = 1 << 20;
}
