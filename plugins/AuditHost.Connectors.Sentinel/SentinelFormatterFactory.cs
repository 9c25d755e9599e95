using AuditHost.Connectors.Sentinel;
using AuditHost.PluginKit.Settings;
using AuditHost.Sdk;

[assembly: Plugin(typeof(SentinelFormatterFactory))]

namespace AuditHost.Connectors.Sentinel;

/// <summary><c>sentinel</c>: one row of a table of a Log Analytics workspace for each event.</summary>
public sealed class SentinelFormatterFactory() : FormatterFactory<SentinelFormatterSettings>(
    new FormatterInfo("sentinel", "A row for a table of Microsoft Sentinel: the envelope in flat columns, the payload in one of type dynamic."),
    SettingsContext.Default.SentinelFormatterSettings)
{
    protected override IEventFormatter Create(SentinelFormatterSettings settings, PluginContext context) =>
        settings.MaxFieldBytes is >= 256 and <= AzureLimits.Field
            ? new SentinelFormatter(settings.RawEvent, settings.MaxFieldBytes)
            : throw new SettingsException("max_field_bytes", $"Expected 256 to {AzureLimits.Field}");
}
