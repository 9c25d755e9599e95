using AuditHost.Configuration.Keys;

namespace AuditHost.Formatting.Library;

/// <summary>What a template file may say of itself, at its head.</summary>
internal static class FrontMatterKeys
{
    public static readonly ScalarKey<string> Name = new(
        "name", TemplateName.Kind, "What a site file calls it; the file's name without its extension where it is missing.");

    public static readonly ScalarKey<string> Summary = new("summary", Kinds.Text, "One sentence for the list of templates.");
    public static readonly ScalarKey<string> Sample = new("sample", Kinds.Text, "Events, as JSON, for templates test.");
    public static readonly ScalarKey<string> Expected = new("expected", Kinds.Text, "Exactly what the sample renders to.");
    public static readonly ScalarKey<string> Example = new("example", Kinds.Text, "A site's entry that uses the template.");
    public static readonly ScalarKey<string> Source = new("source", Kinds.Text, "Where the format is documented.");

    public static readonly KeySet Set = new(Name, Summary, TemplateKeys.Kind, TemplateKeys.ContentType, Sample, Expected, Example, Source);
}
