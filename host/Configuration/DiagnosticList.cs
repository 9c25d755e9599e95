namespace AuditHost.Configuration;

/// <summary>
/// Collects the findings of one load. The same finding counts once: a shared section is read for every destination that uses it.
/// </summary>
internal sealed class DiagnosticList
{
    private readonly HashSet<Diagnostic> _known = [];
    private readonly List<Diagnostic> _items = [];

    public int ErrorCount { get; private set; }

    public void Error(SourceLocation location, string path, string message, string? suggestion = null) =>
        Add(new Diagnostic(DiagnosticSeverity.Error, location, path, message, suggestion));

    public void Warning(SourceLocation location, string path, string message) =>
        Add(new Diagnostic(DiagnosticSeverity.Warning, location, path, message));

    public void Note(SourceLocation location, string path, string message) =>
        Add(new Diagnostic(DiagnosticSeverity.Note, location, path, message));

    /// <summary>Everything found, in the order of the file.</summary>
    public IReadOnlyList<Diagnostic> InFileOrder() =>
        [.. _items.OrderBy(item => item.Location.Line).ThenBy(item => item.Location.Column)];

    private void Add(Diagnostic diagnostic)
    {
        if (!_known.Add(diagnostic))
            return;
        _items.Add(diagnostic);
        if (diagnostic.Severity == DiagnosticSeverity.Error)
            ErrorCount++;
    }
}
