using AuditHost.Configuration.Keys;
using AuditHost.Configuration.Options;
using AuditHost.Configuration.Yaml;
using AuditHost.Formatting.Library;

namespace AuditHost.Configuration.Binding;

/// <summary>Reads <c>template</c>, finds its file and has it compiled, so that a broken one never meets an event.</summary>
internal sealed class TemplateBinder(TemplateLibrary library, Func<TemplateOptions, string?> compile)
{
    private static readonly ScalarKey<string> PathKey = new(DestinationKeys.Template.Name, TemplateKeys.Path.Kind, TemplateKeys.Path.Description);

    public TemplateOptions? Bind(Section destination, bool enabled)
    {
        if (Read(destination, enabled) is not { } options)
            return null;
        if (enabled && File.Exists(options.Path) && compile(options) is { } error)
            destination.Error(DestinationKeys.Template, error);
        return options;
    }

    private TemplateOptions? Read(Section destination, bool enabled)
    {
        if (destination.Find(DestinationKeys.Template)?.Value is YamlScalar)
            return FindFile(destination, PathKey, enabled) is { } file ? new TemplateOptions { Path = file } : null;
        if (destination.GetSection(DestinationKeys.Template) is not { } template)
            return null;
        string? path = FindFile(template, TemplateKeys.Path, enabled);
        var options = new TemplateOptions
        {
            Path = path ?? string.Empty,
            Kind = template.TryGet(TemplateKeys.Kind, out TemplateKind kind) ? kind : null,
            ContentType = template.GetText(TemplateKeys.ContentType),
        };
        return path is null ? null : options;
    }

    private string? FindFile(Section section, ScalarKey<string> key, bool enabled)
    {
        if (section.GetText(key) is not { } text || !TemplateName.IsMeant(text))
            return section.GetFile(key);
        if (library.Find(text) is { } entry)
        {
            if (entry.Problem is null)
                return entry.Path;
            if (enabled)
                section.Error(key, entry.Problem);
        }
        else if (enabled)
        {
            section.Error(
                key,
                $"there is no template '{text}' in {library.SiteFolder} and none that came with the host; there are {string.Join(", ", library.Names)}. "
                + $"A file is named with its folder or extension, such as ./{text}",
                NearestName.Find(text, library.Names));
        }

        return null;
    }
}
