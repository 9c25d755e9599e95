using AuditHost.Configuration;

namespace AuditHost.Tests.Configuration;

internal static class DiagnosticText
{
    /// <summary>The findings as an operator sees them, with the file's name in place of its path.</summary>
    public static string[] Lines(this SiteLoadResult result, DiagnosticSeverity? severity = null) =>
        [.. result.Diagnostics
            .Where(diagnostic => severity is null || diagnostic.Severity == severity)
            .Select(diagnostic => (diagnostic with { Location = diagnostic.Location with { File = "site.yaml" } }).ToString())];

    public static string[] Errors(this SiteLoadResult result) => result.Lines(DiagnosticSeverity.Error);
}
