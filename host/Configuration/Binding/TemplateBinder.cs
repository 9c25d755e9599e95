using AuditHost.Configuration.Keys;
using AuditHost.Configuration.Options;

namespace AuditHost.Configuration.Binding;

/// <summary>Reads <c>template</c> and has it compiled, so that a broken one never meets an event.</summary>
internal sealed class TemplateBinder(Func<TemplateOptions, string?> compile)
{
    private static readonly ScalarKey<string> PathKey = new("template", Kinds.Path, "The template's file.");

    public TemplateOptions? Bind(Section destination, bool enabled)
    {
        Section? mapping = destination.GetSection(DestinationKeys.Template);
        string? path = mapping is null ? (IsScalar(destination) ? destination.GetFile(PathKey) : null) : mapping.GetFile(TemplateKeys.Path);
        if (path is null)
            return null;
        var options = new TemplateOptions { Path = path };
        if (mapping is not null)
        {
            options = options with
            {
                Kind = mapping.Get(TemplateKeys.Kind, options.Kind),
                ContentType = mapping.Get(TemplateKeys.ContentType, options.ContentType),
            };
        }

        if (enabled && File.Exists(path) && compile(options) is { } error)
            destination.Error(DestinationKeys.Template, error);
        return options;
    }

    private static bool IsScalar(Section destination) => destination.Find(DestinationKeys.Template)?.Value is Yaml.YamlScalar;
}
