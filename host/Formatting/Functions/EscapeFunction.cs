using Scriban;
using Scriban.Runtime;
using Scriban.Syntax;

namespace AuditHost.Formatting.Functions;

/// <summary>A helper with one argument, for the end of a pipe. Called without reflection.</summary>
internal sealed class EscapeFunction(Func<TemplateContext, object?, string> escape) : IScriptCustomFunction
{
    public int RequiredParameterCount => 1;

    public int ParameterCount => 1;

    public ScriptVarParamKind VarParamKind => ScriptVarParamKind.None;

    public Type ReturnType => typeof(string);

    /// <summary>Of a helper that takes text; an object or array arrives as its JSON.</summary>
    public static EscapeFunction OfText(Func<string, string> escape) => new((context, value) => escape(context.ObjectToString(value) ?? string.Empty));

    /// <summary>What it makes of a value.</summary>
    public string Escape(TemplateContext context, object? value) => escape(context, value);

    public ScriptParameterInfo GetParameterInfo(int index) => new(typeof(object), "value");

    public object? Invoke(TemplateContext context, ScriptNode? callerContext, ScriptArray arguments, ScriptBlockStatement? blockStatement) =>
        escape(context, arguments[0]);

    public ValueTask<object?> InvokeAsync(
        TemplateContext context, ScriptNode? callerContext, ScriptArray arguments, ScriptBlockStatement? blockStatement) =>
        new(Invoke(context, callerContext, arguments, blockStatement));
}
