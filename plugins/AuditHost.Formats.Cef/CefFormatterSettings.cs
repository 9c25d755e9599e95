using System.ComponentModel;

namespace AuditHost.Formats.Cef;

/// <summary>What stands in the header of each line.</summary>
public sealed class CefFormatterSettings
{
    [Description("The version of CEF named at the start of the line: 0 or 1.")]
    [DefaultValue(0)]
    public int Version { get; set; }

    [Description("The vendor in the header, at most 63 bytes.")]
    [DefaultValue("Copybook-rs")]
    public string DeviceVendor { get; set; } = "Copybook-rs";

    [Description("The product in the header, at most 63 bytes.")]
    [DefaultValue("Enterprise Audit System")]
    public string DeviceProduct { get; set; } = "Enterprise Audit System";

    [Description("The version in the header, at most 31 bytes. Without it the event's context.environment.version serves, else 1.0.")]
    public string? DeviceVersion { get; set; }

    [Description("The value of deviceProcessName.")]
    [DefaultValue("copybook-rs")]
    public string DeviceProcessName { get; set; } = "copybook-rs";
}
