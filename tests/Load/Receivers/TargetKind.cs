namespace AuditHost.Load;

/// <summary>How events leave the shipper.</summary>
internal enum TargetKind
{
    /// <summary>Appended to a file.</summary>
    File,

    /// <summary>Batches over HTTP.</summary>
    Webhook,

    /// <summary>Syslog over TCP, a line feed behind each message.</summary>
    Syslog,
}
