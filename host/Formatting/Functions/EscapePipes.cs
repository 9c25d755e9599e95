using Scriban.Runtime;
using Scriban.Syntax;

namespace AuditHost.Formatting.Functions;

/// <summary>
/// Puts an <see cref="EscapeCall"/> in the place of each pipe into helpers that writes its result out, where nothing can change what the
/// helper's name means.
/// </summary>
internal sealed class EscapePipes(ScriptObject builtIns, Func<string, bool> isAssigned) : ScriptVisitor
{
    public override void Visit(ScriptExpressionStatement node)
    {
        if (node.Expression is ScriptPipeCall pipe)
            node.Expression = Shorten(pipe);
    }

    public override void Visit(ScriptWithStatement node)
    {
        // The members of the object that `with` opens are names too, and one may be called like a helper.
    }

    /// <summary>
    /// A pipe is parsed from its end: <c>a | b | c</c> leads <c>a</c> to <c>b | c</c>. It is left alone where one of its stations is no helper.
    /// </summary>
    private ScriptExpression Shorten(ScriptPipeCall pipe)
    {
        ScriptExpression value = pipe.From!;
        ScriptExpression? rest = pipe.To;
        while (rest is ScriptPipeCall further)
        {
            if (HelperOf(further.From) is not { } helper)
                return pipe;
            value = new EscapeCall(value, helper) { Span = further.From!.Span };
            rest = further.To;
        }

        return HelperOf(rest) is { } last ? new EscapeCall(value, last) { Span = rest!.Span } : pipe;
    }

    private EscapeFunction? HelperOf(ScriptExpression? station) =>
        station is ScriptFunctionCall { Target: ScriptVariableGlobal { Name: var name }, Arguments.Count: 0 } && !isAssigned(name)
            ? builtIns[name] as EscapeFunction
            : null;
}
