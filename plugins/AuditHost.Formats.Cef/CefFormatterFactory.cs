using System.Text;
using AuditHost.Formats.Cef;
using AuditHost.PluginKit.Settings;
using AuditHost.Sdk;

[assembly: Plugin(typeof(CefFormatterFactory))]

namespace AuditHost.Formats.Cef;

/// <summary><c>cef</c>: ArcSight Common Event Format, one line for each event.</summary>
public sealed class CefFormatterFactory() : FormatterFactory<CefFormatterSettings>(
    new FormatterInfo("cef", "ArcSight Common Event Format, one line for each event."),
    SettingsContext.Default.CefFormatterSettings)
{
    protected override IEventFormatter Create(CefFormatterSettings settings, PluginContext context)
    {
        ArgumentNullException.ThrowIfNull(settings);
        if (settings.Version is not (0 or 1))
            throw new SettingsException("version", $"'version' is {settings.Version}; allowed are 0 and 1.");
        Check("device_vendor", settings.DeviceVendor, CefLimits.Vendor);
        Check("device_product", settings.DeviceProduct, CefLimits.Product);
        Check("device_process_name", settings.DeviceProcessName, CefLimits.Text);
        if (settings.DeviceVersion is { } version)
            Check("device_version", version, CefLimits.DeviceVersion);
        return new CefFormatter(settings);
    }

    private static void Check(string setting, string value, int limit)
    {
        if (string.IsNullOrWhiteSpace(value))
            throw new SettingsException(setting, $"'{setting}' is empty; leave it out to get its default.");
        if (Encoding.UTF8.GetByteCount(value) > limit)
            throw new SettingsException(setting, $"'{setting}' is longer than the {limit} bytes that CEF allows.");
    }
}
