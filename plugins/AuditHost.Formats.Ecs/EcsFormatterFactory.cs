using AuditHost.Formats.Ecs;
using AuditHost.PluginKit.Settings;
using AuditHost.Sdk;

[assembly: Plugin(typeof(EcsFormatterFactory))]

namespace AuditHost.Formats.Ecs;

/// <summary><c>ecs</c>: documents of the Elastic Common Schema 9.4.0, one for each event.</summary>
public sealed class EcsFormatterFactory() : FormatterFactory<EcsFormatterSettings>(
    new FormatterInfo("ecs", "Elastic Common Schema 9.4.0, one JSON document on a line for each event."),
    SettingsContext.Default.EcsFormatterSettings)
{
    protected override IEventFormatter Create(EcsFormatterSettings settings, PluginContext context)
    {
        ArgumentNullException.ThrowIfNull(settings);
        if (settings.Dataset is { } dataset)
            EcsDataStream.Check("dataset", dataset);
        EcsDataStream.Check("namespace", settings.Namespace);
        if (settings.Dataset is null && settings.Namespace != EcsDataStream.DefaultNamespace)
            throw new SettingsException("namespace", "'namespace' says nothing without 'dataset'; set both, or leave both out.");
        if (settings.ServiceName is { } service && string.IsNullOrWhiteSpace(service))
            throw new SettingsException("service_name", "'service_name' is empty; leave it out to get the event's source.");
        EcsCustomField.Check(settings.CustomField);
        return new EcsFormatter(settings);
    }
}
