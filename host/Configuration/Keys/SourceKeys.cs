namespace AuditHost.Configuration.Keys;

/// <summary><c>host.sources</c>.</summary>
internal static class SourceKeys
{
    public static readonly Kind<long> EventSize = Kinds.Size(1 << 10, 64 << 20);

    public static readonly ScalarKey<string> Path = new(
        "path", Kinds.Path, "The file; its name and folders may have * and ?.") { Required = true };
    public static readonly ScalarKey<bool> FromStart = new(
        "from_start", Kinds.Boolean, "Whether a file without a kept position is read from its start.");
    public static readonly ScalarKey<long> MaxEventBytes = new("max_event_bytes", EventSize, "The largest event.");

    public static readonly Variant Http = new("http", new KeySet(VariantKey.Type), "POST /v1/events on host.http.listen.");
    public static readonly Variant File = new(
        "file", new KeySet(VariantKey.Type, Path, FromStart, MaxEventBytes), "Follows every file that matches a pattern.");
    public static readonly Variant StandardInput = new("stdin", new KeySet(VariantKey.Type, MaxEventBytes), "Standard input until its end.");

    public static readonly IReadOnlyList<Variant> Variants = [Http, File, StandardInput];
}
