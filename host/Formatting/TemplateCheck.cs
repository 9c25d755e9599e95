using AuditHost.Configuration;
using AuditHost.Formatting.Model;
using Scriban.Runtime;
using Scriban.Syntax;

namespace AuditHost.Formatting;

/// <summary>
/// Finds what could only fail, or come out empty, when the template runs: names that nothing gives a value, functions that do
/// not exist, and statements that are not available.
/// </summary>
internal sealed class TemplateCheck(ScriptObject builtIns, IReadOnlyList<string> variables) : ScriptVisitor
{
    private const string Audit = "audit";

    /// <summary>The engine's own names inside loops and blocks.</summary>
    private static readonly string[] EngineNames = ["for", "while", "tablerow", "continue"];

    private readonly HashSet<string> _assigned = new(StringComparer.Ordinal);
    private readonly List<ScriptVariableGlobal> _used = [];
    private readonly List<ScriptVariable> _unknownOfAudit = [];
    private readonly List<(ScriptNode Place, string Reason)> _errors = [];
    private int _withDepth;

    public IReadOnlyList<(ScriptNode Place, string Reason)> Run(ScriptNode page)
    {
        Visit(page);
        foreach (ScriptVariableGlobal variable in _used)
        {
            if (!IsKnown(variable.Name))
                _errors.Add((variable, Unknown(variable.Name)));
        }

        if (variables.Contains(Audit) && !_assigned.Contains(Audit))
            _errors.AddRange(_unknownOfAudit.Select(member => ((ScriptNode)member, UnknownOfAudit(member.Name))));
        return _errors;
    }

    /// <summary>Whether the template gives a name a meaning of its own; known after <see cref="Run"/>.</summary>
    public bool IsAssigned(string name) => _assigned.Contains(name);

    public override void Visit(ScriptVariableGlobal node)
    {
        // The members of the object that `with` opens are names too, and no one knows them before an event is there.
        if (_withDepth == 0)
            _used.Add(node);
    }

    public override void Visit(ScriptMemberExpression node)
    {
        Visit(node.Target);
        if (node is { Target: ScriptVariableGlobal library, Member: { } member } && !_assigned.Contains(library.Name)
            && builtIns.TryGetValue(library.Name, out object? found) && found is ScriptObject functions && !functions.Contains(member.Name))
        {
            _errors.Add((member, $"There is no function `{library.Name}.{member.Name}`."));
        }

        if (node is { Target: ScriptVariableGlobal { Name: Audit }, Member: { } known } && _withDepth == 0 && !Envelope.Names.Contains(known.Name))
            _unknownOfAudit.Add(known);
    }

    public override void Visit(ScriptObjectMember node) => Visit(node.Value);

    public override void Visit(ScriptNamedArgument node) => Visit(node.Value);

    public override void Visit(ScriptAssignExpression node)
    {
        Assign(node.Target);
        base.Visit(node);
    }

    public override void Visit(ScriptForStatement node)
    {
        Assign(node.Variable);
        base.Visit(node);
    }

    public override void Visit(ScriptTableRowStatement node)
    {
        Assign(node.Variable);
        base.Visit(node);
    }

    public override void Visit(ScriptCaptureStatement node)
    {
        Assign(node.Target);
        base.Visit(node);
    }

    public override void Visit(ScriptFunction node)
    {
        Assign(node.NameOrDoToken as ScriptExpression);
        base.Visit(node);
    }

    public override void Visit(ScriptParameter node) => Assign(node.Name);

    public override void Visit(ScriptWithStatement node)
    {
        Visit(node.Name);
        _withDepth++;
        Visit(node.Body);
        _withDepth--;
    }

    public override void Visit(ScriptImportStatement node) => _errors.Add((node, "`import` is not available."));

    private void Assign(ScriptExpression? target)
    {
        if (target is ScriptVariable variable)
            _assigned.Add(variable.Name);
    }

    private bool IsKnown(string name) =>
        _assigned.Contains(name) || builtIns.Contains(name) || variables.Contains(name) || EngineNames.Contains(name);

    private static string UnknownOfAudit(string name)
    {
        string? nearest = NearestName.Find(name, Envelope.Names);
        return $"There is no `audit.{name}`. " + (nearest is null ? $"There are {string.Join(", ", Envelope.Names)}." : $"Did you mean `audit.{nearest}`?");
    }

    private string Unknown(string name) => name is "include" or "include_join"
        ? $"`{name}` is not available: a template is one file."
        : $"There is no variable or function `{name}`. The variables here are {string.Join(" and ", variables.Select(variable => $"`{variable}`"))}.";
}
