using System.Buffers;
using System.Globalization;
using System.Text;
using AuditHost.Sdk;

namespace AuditHost.PluginKit.Syslog;

/// <summary>What is the same in the header of every message of one destination, checked and encoded once.</summary>
public readonly struct SyslogOptions
{
    /// <summary>The value of <c>hostname</c> that stands for each event's own host.</summary>
    public const string HostOfEvent = "event";

    /// <summary>The private enterprise number that is set aside for documentation (RFC 5612).</summary>
    public const int DocumentationEnterprise = 32473;

    private const int LongestAppName = 48;
    private const int LongestTag = 32;
    private static readonly SearchValues<char> PrintableAscii = SearchValues.Create([.. Enumerable.Range(33, 94).Select(static code => (char)code)]);

    /// <summary>Checks and encodes the settings.</summary>
    /// <param name="facility">The <c>facility</c>.</param>
    /// <param name="appName">The <c>app_name</c>; letters and digits of it are the tag of RFC 3164.</param>
    /// <param name="hostname">The <c>hostname</c>: <see cref="HostOfEvent"/> or the name to use for all.</param>
    /// <param name="enterpriseNumber">The <c>enterprise_number</c> in the structured data's id.</param>
    /// <exception cref="SettingsException">One of them cannot stand in a header.</exception>
    public SyslogOptions(
        SyslogFacility facility, string appName, string hostname = HostOfEvent, int enterpriseNumber = DocumentationEnterprise)
    {
        Check("app_name", appName, LongestAppName);
        Check("hostname", hostname, SyslogHeaderWriter.LongestHost);
        if (enterpriseNumber <= 0)
            throw new SettingsException("enterprise_number", "'enterprise_number' is a private enterprise number, 1 or more.");
        string tag = string.Concat(appName.Where(char.IsAsciiLetterOrDigit).Take(LongestTag));
        if (tag.Length == 0)
            throw new SettingsException("app_name", "'app_name' has no letter or digit.");
        Facility = facility;
        AppName = Encoding.ASCII.GetBytes(appName);
        Tag = Encoding.ASCII.GetBytes(tag);
        FixedHost = hostname == HostOfEvent ? default : Encoding.ASCII.GetBytes(hostname);
        Machine = Encoding.ASCII.GetBytes(string.Concat(Environment.MachineName.Where(PrintableAscii.Contains)));
        DataId = Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"audit@{enterpriseNumber}"));
    }

    internal SyslogFacility Facility { get; }

    internal ReadOnlyMemory<byte> AppName { get; }

    internal ReadOnlyMemory<byte> Tag { get; }

    /// <summary>The host for all messages; empty where each event's own host is used.</summary>
    internal ReadOnlyMemory<byte> FixedHost { get; }

    /// <summary>Stands in for the host of an event that names none.</summary>
    internal ReadOnlyMemory<byte> Machine { get; }

    internal ReadOnlyMemory<byte> DataId { get; }

    private static void Check(string setting, string value, int limit)
    {
        if (string.IsNullOrEmpty(value) || value.Length > limit || value.AsSpan().ContainsAnyExcept(PrintableAscii))
            throw new SettingsException(setting, $"'{setting}' must be 1 to {limit} printable ASCII characters without spaces.");
    }
}
