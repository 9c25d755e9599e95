namespace AuditHost.Sdk;

/// <summary>How much an event matters, in rising order.</summary>
public enum Severity : byte
{
    /// <summary>For the record.</summary>
    Info,

    /// <summary>Worth a look some day.</summary>
    Low,

    /// <summary>Worth a look.</summary>
    Medium,

    /// <summary>Needs attention.</summary>
    High,

    /// <summary>Needs attention now.</summary>
    Critical,
}
