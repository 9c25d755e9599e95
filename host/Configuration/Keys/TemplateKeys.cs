using AuditHost.Configuration.Options;

namespace AuditHost.Configuration.Keys;

/// <summary><c>template</c>.</summary>
internal static class TemplateKeys
{
    public static readonly ScalarKey<string> Path = new("path", Kinds.Path, "The template's file, or the name of one in the site's folder or of one that came with the host.") { Required = true };
    public static readonly ScalarKey<TemplateKind> Kind = new(
        "kind", Kinds.Choice(("event", TemplateKind.Event), ("body", TemplateKind.Body)), "Whether it renders one event or a whole body.");

    public static readonly ScalarKey<string> ContentType = new(
        "content_type", Kinds.Text, "The media type of what it renders; application/json is checked.");

    public static readonly KeySet Set = new(Path, Kind, ContentType);
}
