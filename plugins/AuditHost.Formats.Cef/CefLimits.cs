namespace AuditHost.Formats.Cef;

/// <summary>How long a value may be, by CEF's header rules and dictionary. Counted in bytes before escaping.</summary>
internal static class CefLimits
{
    public const int Vendor = 63;
    public const int Product = 63;
    public const int DeviceVersion = 31;
    public const int EventClassId = 1023;
    public const int Name = 512;

    public const int Action = 63;
    public const int DeviceHostName = 100;
    public const int ExternalId = 40;
    public const int CustomString = 4000;

    /// <summary>What most strings of the dictionary are held to, and so are our own keys.</summary>
    public const int Text = 1023;
}
