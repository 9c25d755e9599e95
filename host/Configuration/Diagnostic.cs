namespace AuditHost.Configuration;

/// <summary>One finding in a site file. Never holds the value of a secret.</summary>
/// <param name="Severity">What it means for the file.</param>
/// <param name="Location">The place in the file.</param>
/// <param name="Path">The dotted path of the key, for instance <c>siem.splunk.batch_size</c>; empty for the file as a whole.</param>
/// <param name="Message">What is wrong and how to mend it.</param>
/// <param name="Suggestion">The nearest known name, where a name is not known.</param>
internal sealed record Diagnostic(DiagnosticSeverity Severity, SourceLocation Location, string Path, string Message, string? Suggestion = null)
{
    /// <summary><c>file:line:column: error: siem.splunk.batch_sizee: unknown key; did you mean batch_size?</c></summary>
    public override string ToString()
    {
        string severity = Severity switch
        {
            DiagnosticSeverity.Error => "error",
            DiagnosticSeverity.Warning => "warning",
            _ => "note",
        };
        string path = Path.Length == 0 ? string.Empty : $"{Path}: ";
        string suggestion = Suggestion is null ? string.Empty : $"; did you mean {Suggestion}?";
        return $"{Location}: {severity}: {path}{Message}{suggestion}";
    }
}
