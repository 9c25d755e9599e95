namespace AuditHost.Formats.Leef;

/// <summary>How many bytes things may have.</summary>
internal static class LeefLimits
{
    public const int Vendor = 63;
    public const int Product = 63;
    public const int ProductVersion = 31;

    /// <summary>What IBM's guide holds EventID and the names of users, hosts and accounts to.</summary>
    public const int Name = 255;

    public const int Category = 63;

    /// <summary>What no predefined key limits is held to this, so that one long value does not crowd out the others.</summary>
    public const int Text = 1023;

    /// <summary>
    /// What is kept free for the syslog header that comes before the event and counts at the receiver: a host of 255 bytes, and some 50
    /// for the priority, the time, the application and the nil values of RFC 5424.
    /// </summary>
    public const int SyslogHeader = 320;

    /// <summary>What QRadar takes of a message over TCP unless its system settings say more.</summary>
    public const int DefaultPayload = 4096;

    public const int LowestPayload = 1024;

    /// <summary>The most that a log source of QRadar can be set to.</summary>
    public const int HighestPayload = 32_767;
}
