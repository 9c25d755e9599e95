namespace AuditHost.PluginKit.Events;

/// <summary>The types of copybook-rs events whose payload has figures.</summary>
public enum EventKind
{
    /// <summary>Any other type.</summary>
    Other,

    /// <summary>A copybook was parsed.</summary>
    CopybookParse,

    /// <summary>Data were validated.</summary>
    DataValidation,

    /// <summary>Data were decoded, encoded or converted.</summary>
    DataTransformation,

    /// <summary>Something was measured.</summary>
    PerformanceMeasurement,

    /// <summary>Rules of a compliance regime were checked.</summary>
    ComplianceCheck,

    /// <summary>A finding of security.</summary>
    SecurityEvent,
}
