using AuditHost.Configuration.Keys;
using AuditHost.Configuration.Options;
using AuditHost.Configuration.Yaml;

namespace AuditHost.Configuration.Binding;

/// <summary>Reads <c>template</c> and has it compiled, so that a broken one never meets an event.</summary>
internal sealed class TemplateBinder(Func<TemplateOptions, string?> compile)
{
    private static readonly ScalarKey<string> PathKey = new("template", Kinds.Path, "The template's file.");

    public TemplateOptions? Bind(Section destination, bool enabled)
    {
        if (Read(destination) is not { } options)
            return null;
        if (enabled && File.Exists(options.Path) && compile(options) is { } error)
            destination.Error(DestinationKeys.Template, error);
        return options;
    }

    private static TemplateOptions? Read(Section destination)
    {
        if (destination.Find(DestinationKeys.Template)?.Value is YamlScalar)
            return destination.GetFile(PathKey) is { } file ? new TemplateOptions { Path = file } : null;
        if (destination.GetSection(DestinationKeys.Template) is not { } template)
            return null;
        string? path = template.GetFile(TemplateKeys.Path);
        var options = new TemplateOptions { Path = path ?? string.Empty };
        options = options with
        {
            Kind = template.Get(TemplateKeys.Kind, options.Kind),
            ContentType = template.Get(TemplateKeys.ContentType, options.ContentType),
        };
        return path is null ? null : options;
    }
}
