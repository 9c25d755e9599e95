namespace AuditHost.Configuration.Options;

/// <summary>The root key <c>host</c>: this machine. Paths are absolute once read.</summary>
internal sealed record HostOptions
{
    public required string DataDirectory { get; init; }

    /// <summary>The site's own plugins, besides the built-in ones; <see langword="null"/> where it has none.</summary>
    public PluginOptions? Plugins { get; init; }

    /// <summary>The folder of the site's own templates; need not be there. Empty: none.</summary>
    public string TemplateDirectory { get; init; } = string.Empty;

    public HttpListenerOptions Http { get; init; } = new();

    public IReadOnlyList<SourceOptions> Sources { get; init; } = [];

    public JournalOptions Journal { get; init; } = new();

    public DeadLetterOptions DeadLetters { get; init; } = new();

    public DeduplicationOptions Deduplication { get; init; } = new();

    /// <summary>How long a stop waits for batches under way.</summary>
    public TimeSpan ShutdownGrace { get; init; } = TimeSpan.FromSeconds(20);
}
