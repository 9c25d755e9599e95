using System.Text;
using System.Xml;
using AuditHost.Formats.Xml;
using AuditHost.PluginKit.Settings;
using AuditHost.Sdk;

[assembly: Plugin(typeof(XmlFormatterFactory))]

namespace AuditHost.Formats.Xml;

/// <summary><c>xml</c>: the event's structure as XML, one line for each event.</summary>
public sealed class XmlFormatterFactory() : FormatterFactory<XmlFormatterSettings>(
    new FormatterInfo("xml", "The event's structure as XML, one line for each event."),
    SettingsContext.Default.XmlFormatterSettings)
{
    protected override IEventFormatter Create(XmlFormatterSettings settings, PluginContext context)
    {
        ArgumentNullException.ThrowIfNull(settings);
        try
        {
            return new XmlFormatter(Encoding.UTF8.GetBytes(XmlConvert.VerifyNCName(settings.RootElement)));
        }
        catch (Exception exception) when (exception is XmlException or ArgumentException)
        {
            throw new SettingsException(
                "root_element", "'root_element' is not a name that XML allows: begin with a letter, use no spaces or colons.", exception);
        }
    }
}
