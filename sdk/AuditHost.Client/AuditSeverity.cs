namespace AuditHost.Client;

/// <summary>How bad an event is.</summary>
public enum AuditSeverity
{
    /// <summary>Nothing to do about it.</summary>
    Info,

    /// <summary>Of little weight.</summary>
    Low,

    /// <summary>Worth a look.</summary>
    Medium,

    /// <summary>Somebody should look at it soon.</summary>
    High,

    /// <summary>Somebody must look at it now.</summary>
    Critical,
}
