namespace AuditHost.Configuration.Keys;

/// <summary>The root key <c>host</c>.</summary>
internal static class HostKeys
{
    public static readonly ScalarKey<string> DataDirectory = new(
        "data_dir", Kinds.Path, "Where the journal and everything else durable lies; ./data without it.");

    public static readonly MappingKey Plugins = new("plugins", PluginKeys.Set, "The site's own plugins.");

    public static readonly ScalarKey<string> TemplateDirectory = new(
        "directory", Kinds.Path, "The folder of the site's own templates, besides the ready ones; ./templates without it.");
    public static readonly MappingKey Templates = new("templates", new KeySet(TemplateDirectory), "The site's own templates.");

    public static readonly MappingKey Http = new("http", HttpKeys.Set, "The listener for intake, health and metrics.");
    public static readonly VariantKey Sources = new(
        "sources", SourceKeys.Variants, "Where events come from; http alone without it.") { IsList = true };
    public static readonly MappingKey Journal = new("journal", JournalKeys.Set, "The durable log.");
    public static readonly MappingKey DeadLetters = new("dead_letters", DeadLetterKeys.Set, "How much is kept of what destinations refuse.");
    public static readonly ScalarKey<TimeSpan> DeduplicationWindow = new(
        "window", Kinds.DurationOrZero, "For how long an event is known at least; 0s switches it off.");
    public static readonly ScalarKey<int> DeduplicationMaxEvents = new(
        "max_events", Kinds.Integer(1000, 100_000_000), "The most events remembered, of about 40 bytes each.");
    public static readonly MappingKey Deduplication = new(
        "deduplication",
        new KeySet(DeduplicationWindow, DeduplicationMaxEvents),
        "An event with an id that is sent again, byte for byte, within the window is accepted and not stored twice.");
    public static readonly ScalarKey<TimeSpan> ShutdownGrace = new(
        "shutdown_grace", Kinds.Duration, "How long a stop waits for batches under way.");

    public static readonly KeySet Set = new(DataDirectory, Plugins, Templates, Http, Sources, Journal, DeadLetters, Deduplication, ShutdownGrace);
}
