using AuditHost.Configuration.Keys;
using AuditHost.Configuration.Secrets;
using AuditHost.Configuration.Settings;
using AuditHost.Configuration.Yaml;
using AuditHost.Plugins;
using AuditHost.Sdk;

namespace AuditHost.Configuration.Binding;

/// <summary>Reads <c>format</c>: a name, or a mapping with the format's type and its own settings.</summary>
internal sealed class FormatBinder(IPluginCatalogue catalogue)
{
    private static readonly ScalarKey<string> NameKey = new("format", Kinds.Text, "The format's name.");

    public BoundFormat Bind(Section section, DestinationEntry destination, ConnectorFactory? connector, Reading reading)
    {
        if (section.Find(DestinationKeys.Format) is not { } entry)
        {
            CheckDefault(section, destination, connector, reading);
            return BoundFormat.None;
        }

        if (entry.Value is not YamlMapping mapping)
            return section.GetText(NameKey) is { } name ? Find(name, entry.Value, section.PathOf(entry.Name), destination, reading) : BoundFormat.None;

        string path = section.PathOf(entry.Name);
        if (mapping.Find(VariantKey.Type.Name)?.Value is not YamlScalar { IsNull: false } type)
        {
            reading.Diagnostics.Error(mapping.Location, $"{path}.type", "is required and missing; expected the format's name");
            return BoundFormat.None;
        }

        if (ScalarResolver.Resolve(reading, type, VariantKey.Type.Name, path, isSecret: false) is not { } text)
            return BoundFormat.None;
        BoundFormat format = Find(text.Text, type, $"{path}.type", destination, reading);
        if (format.Factory is null)
            return format;
        if (SettingsShape.TryParse(format.Factory.SettingsSchema) is not { } shape)
        {
            reading.Diagnostics.Error(
                type.Location, path, $"the plugin of format '{format.Factory.Type}' is broken: the schema of its settings cannot be read");
            return format;
        }

        return format with
        {
            Settings = SettingsWriter.Write(
                mapping, shape, path, key => key == VariantKey.Type.Name, [VariantKey.Type.Name], reading),
        };
    }

    private BoundFormat Find(string name, YamlNode node, string path, DestinationEntry destination, Reading reading)
    {
        if (catalogue.TryGetFormatter(name, out FormatterFactory? factory))
            return BoundFormat.None with { Name = name, Factory = factory };
        List<string> installed = [.. catalogue.Formatters.Select(format => format.Type).Order(StringComparer.Ordinal)];
        string shown = node is YamlScalar scalar && Expander.HasPlaceholder(scalar.Value) ? scalar.Value : name;
        string message = $"no plugin provides format '{shown}'; installed: {(installed.Count == 0 ? "none" : string.Join(", ", installed))}";
        if (destination.IsEnabled)
            reading.Diagnostics.Error(node.Location, path, message, NearestName.Find(name, installed));
        else
            reading.Diagnostics.Note(node.Location, path, message);
        return BoundFormat.None with { Name = name };
    }

    private void CheckDefault(Section section, DestinationEntry destination, ConnectorFactory? connector, Reading reading)
    {
        if (connector is null || !destination.IsEnabled || connector.Info.Content == BatchContent.None || section.Find(DestinationKeys.Template) is not null)
            return;
        if (!catalogue.TryGetFormatter(connector.Info.DefaultFormat, out _))
        {
            reading.Diagnostics.Error(
                destination.Key.Location,
                destination.Path,
                $"connector '{connector.Type}' uses format '{connector.Info.DefaultFormat}', which no plugin provides; name another with format");
        }
    }
}
