namespace AuditHost.Configuration;

/// <summary>What a finding means for the site file. Only <see cref="Error"/> keeps it from being used.</summary>
internal enum DiagnosticSeverity
{
    Error,
    Warning,
    Note,
}
