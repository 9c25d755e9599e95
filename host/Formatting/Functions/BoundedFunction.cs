using System.Collections;
using Scriban;
using Scriban.Runtime;
using Scriban.Syntax;

namespace AuditHost.Formatting.Functions;

/// <summary>
/// One of the engine's functions whose work grows faster than its arguments. No limit of a rendering is looked at inside a single call, so
/// its arguments are looked at before.
/// </summary>
internal sealed class BoundedFunction(IScriptCustomFunction inner, Func<ScriptArray, string?> objection) : IScriptCustomFunction
{
    /// <summary>The most characters of a text times those looked for in it: a search takes some 20 ms then.</summary>
    private const long Comparisons = 1L << 28;

    /// <summary>The longest text that is taken apart by a pattern: every piece costs an object.</summary>
    private const int Pieces = 64 * 1024;

    /// <summary>The longest regular expression, in characters: what it is compiled to is a hundred times as large.</summary>
    private const int Expression = 4096;

    /// <summary>The longest list that is gone through element by element, with a general comparison or conversion of the engine's for each.</summary>
    private const int MostElements = 20_000;

    public int RequiredParameterCount => inner.RequiredParameterCount;

    public int ParameterCount => inner.ParameterCount;

    public ScriptVarParamKind VarParamKind => inner.VarParamKind;

    public Type ReturnType => inner.ReturnType;

    /// <summary>A search: text, what is looked for.</summary>
    public static BoundedFunction Search(IScriptCustomFunction inner) => new(inner, static arguments =>
        Length(arguments, 0) * Length(arguments, 1) > Comparisons ? "The text looked for is too long for one of this length." : null);

    /// <summary>A regular expression: text, expression.</summary>
    public static BoundedFunction Match(IScriptCustomFunction inner) => new(inner, static arguments =>
        Length(arguments, 1) > Expression ? $"The regular expression has more than {Expression} characters." : null);

    /// <summary>What takes a text apart, by a regular expression or word by word.</summary>
    public static BoundedFunction TakeApart(IScriptCustomFunction inner) => new(Match(inner), static arguments =>
        Length(arguments, 0) > Pieces ? $"The text has more than {Pieces} characters; one that long is not taken apart." : null);

    /// <summary>Work on each element: the list.</summary>
    public static BoundedFunction Elements(IScriptCustomFunction inner) => new(inner, static arguments =>
        arguments is [ICollection { Count: > MostElements }, ..] ? $"The list has more than {MostElements} elements." : null);

    public ScriptParameterInfo GetParameterInfo(int index) => inner.GetParameterInfo(index);

    public object? Invoke(TemplateContext context, ScriptNode? callerContext, ScriptArray arguments, ScriptBlockStatement? blockStatement)
    {
        if (objection(arguments) is { } reason)
            throw new ScriptRuntimeException(callerContext?.Span ?? context.CurrentSpan, reason);
        return inner.Invoke(context, callerContext, arguments, blockStatement);
    }

    public ValueTask<object?> InvokeAsync(TemplateContext context, ScriptNode? callerContext, ScriptArray arguments, ScriptBlockStatement? blockStatement) =>
        new(Invoke(context, callerContext, arguments, blockStatement));

    private static long Length(ScriptArray arguments, int index) => index < arguments.Count && arguments[index] is string text ? text.Length : 0;
}
