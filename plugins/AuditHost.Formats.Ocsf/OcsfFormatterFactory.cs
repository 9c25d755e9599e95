using AuditHost.Formats.Ocsf;
using AuditHost.PluginKit.Settings;
using AuditHost.Sdk;

[assembly: Plugin(typeof(OcsfFormatterFactory))]

namespace AuditHost.Formats.Ocsf;

/// <summary><c>ocsf</c>: events of the Open Cybersecurity Schema Framework 1.8.0.</summary>
public sealed class OcsfFormatterFactory() : FormatterFactory<OcsfFormatterSettings>(
    new FormatterInfo("ocsf", "Open Cybersecurity Schema Framework 1.8.0, one JSON object on a line for each event."),
    SettingsContext.Default.OcsfFormatterSettings)
{
    protected override IEventFormatter Create(OcsfFormatterSettings settings, PluginContext context)
    {
        ArgumentNullException.ThrowIfNull(settings);
        Check("vendor", settings.Vendor);
        Check("product", settings.Product);
        Check("product_version", settings.ProductVersion);
        Check("log_name", settings.LogName);
        Check("tenant_uid", settings.TenantUid);
        return new OcsfFormatter(settings);
    }

    private static void Check(string setting, string? value)
    {
        if (value is not null && string.IsNullOrWhiteSpace(value))
            throw new SettingsException(setting, $"'{setting}' is empty; leave it out to get its default.");
    }
}
