using System.ComponentModel;
using System.Text.Json.Serialization;

namespace AuditHost.Formats.Leef;

/// <summary>What stands in the header of each event, how its attributes are told apart, and how long it may be.</summary>
public sealed class LeefFormatterSettings
{
    [Description("The version of LEEF: 2.0, or 1.0 for old receivers.")]
    [DefaultValue("2.0")]
    [JsonConverter(typeof(LeefVersionConverter))]
    public LeefVersion Version { get; set; }

    [Description("What stands between attributes, version 2.0 only: one character such as ^, or its code as x5E or 0x5E. Values lose it, since LEEF has no escapes; so no letter, digit or other character that values are full of.")]
    [DefaultValue(LeefDelimiter.Default)]
    public string Delimiter { get; set; } = LeefDelimiter.Default;

    [Description("The vendor in the header, at most 63 bytes. With the product it names the kind of source, so keep both once QRadar knows them.")]
    [DefaultValue("Copybook-rs")]
    public string Vendor { get; set; } = "Copybook-rs";

    [Description("The product in the header, at most 63 bytes.")]
    [DefaultValue("Enterprise Audit System")]
    public string Product { get; set; } = "Enterprise Audit System";

    [Description("The version in the header, at most 31 bytes. Without it the event's context.environment.version serves, else 1.0.")]
    public string? ProductVersion { get; set; }

    [Description("The most bytes of a message as the receiver counts them, 1024 to 32767; 320 of them are kept free for the syslog header. QRadar cuts longer messages without a word, so attributes are left out from the end instead, and truncated=true says so.")]
    [DefaultValue(LeefLimits.DefaultPayload)]
    public int MaxPayloadBytes { get; set; } = LeefLimits.DefaultPayload;
}
