using System.Text;
using AuditHost.Formats.Leef;
using AuditHost.PluginKit.Settings;
using AuditHost.Sdk;

[assembly: Plugin(typeof(LeefFormatterFactory))]

namespace AuditHost.Formats.Leef;

/// <summary><c>leef</c>: IBM's Log Event Extended Format, one line for each event.</summary>
public sealed class LeefFormatterFactory() : FormatterFactory<LeefFormatterSettings>(
    new FormatterInfo("leef", "IBM QRadar's Log Event Extended Format, one line for each event."),
    SettingsContext.Default.LeefFormatterSettings)
{
    protected override IEventFormatter Create(LeefFormatterSettings settings, PluginContext context)
    {
        ArgumentNullException.ThrowIfNull(settings);
        LeefDelimiter delimiter = LeefDelimiter.Parse(settings.Delimiter);
        if (settings.Version == LeefVersion.One && delimiter.Character != (byte)'\t')
            throw new SettingsException("delimiter", "'delimiter' cannot be changed in LEEF 1.0, which always has TAB; leave it out, or set version 2.0.");
        if (settings.MaxPayloadBytes is < LeefLimits.LowestPayload or > LeefLimits.HighestPayload)
            throw new SettingsException(
                "max_payload_bytes", $"'max_payload_bytes' is {settings.MaxPayloadBytes}; it must be {LeefLimits.LowestPayload} to {LeefLimits.HighestPayload}.");
        Check("vendor", settings.Vendor, LeefLimits.Vendor);
        Check("product", settings.Product, LeefLimits.Product);
        if (settings.ProductVersion is { } version)
            Check("product_version", version, LeefLimits.ProductVersion);
        return new LeefFormatter(settings, delimiter);
    }

    private static void Check(string setting, string value, int limit)
    {
        if (string.IsNullOrWhiteSpace(value))
            throw new SettingsException(setting, $"'{setting}' is empty; leave it out to get its default.");
        if (Encoding.UTF8.GetByteCount(value) > limit)
            throw new SettingsException(setting, $"'{setting}' is longer than {limit} bytes.");
        if (value.Any(character => character == '|' || char.IsControl(character)))
            throw new SettingsException(setting, $"'{setting}' has a bar, a TAB or a line break, which LEEF's header cannot hold and has no escape for.");
    }
}
