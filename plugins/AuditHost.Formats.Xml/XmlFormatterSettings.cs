using System.ComponentModel;

namespace AuditHost.Formats.Xml;

/// <summary>How the document is called.</summary>
public sealed class XmlFormatterSettings
{
    [Description("The name of the root element.")]
    [DefaultValue("event")]
    public string RootElement { get; set; } = "event";
}
