namespace AuditHost.Load;

/// <summary>How events come into the shipper.</summary>
internal enum InputKind
{
    Http,
    StandardInput,

    /// <summary>JSON lines over TCP connections.</summary>
    Tcp,

    /// <summary>Messages of RFC 5424 over TCP connections.</summary>
    Syslog,

    /// <summary>Lines written to a file that the shipper follows.</summary>
    File,
}
