using System.ComponentModel;

namespace AuditHost.Formats.Ocsf;

/// <summary>The product that events are told to come from, and what goes along besides OCSF's own attributes.</summary>
public sealed class OcsfFormatterSettings
{
    [Description("The vendor of the product that reports the events, as metadata.product.vendor_name.")]
    [DefaultValue("Copybook-rs")]
    public string Vendor { get; set; } = "Copybook-rs";

    [Description("The product, as metadata.product.name.")]
    [DefaultValue("Enterprise Audit System")]
    public string Product { get; set; } = "Enterprise Audit System";

    [Description("The product's version, as metadata.product.version. Without it the event's context.environment.version serves.")]
    public string? ProductVersion { get; set; }

    [Description("The name of the log, as metadata.log_name.")]
    [DefaultValue("audit")]
    public string LogName { get; set; } = "audit";

    [Description("The tenant, as metadata.tenant_uid.")]
    public string? TenantUid { get; set; }

    [Description("Whether the payload, and the whole of an event that is not one of copybook-rs, goes along in unmapped.")]
    [DefaultValue(true)]
    public bool Payload { get; set; } = true;

    [Description("Whether the whole event, as received, goes along as raw_data.")]
    [DefaultValue(false)]
    public bool RawData { get; set; }
}
