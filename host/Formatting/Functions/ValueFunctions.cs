using System.Collections;
using System.Globalization;
using Scriban;
using Scriban.Runtime;

namespace AuditHost.Formatting.Functions;

/// <summary>The engine's <c>object.*</c> and <c>date.parse</c> for this host's values, which the engine's own do not know.</summary>
internal static class ValueFunctions
{
    /// <summary>In the words of JSON; empty for nothing.</summary>
    public static string? TypeOf(object? value) => value switch
    {
        null => null,
        string => "string",
        bool => "boolean",
        DateTime => "date",
        IList => "array",
        IScriptCustomFunction => "function",
        IScriptObject => "object",
        IEnumerable => "array",
        _ => "number",
    };

    public static int Size(object? value) => value switch
    {
        string text => text.Length,
        ICollection items => items.Count,
        IScriptObject members => members.Count,
        IEnumerable items => items.Cast<object?>().Take(TemplateLimits.Text).Count(),
        _ => 0,
    };

    public static ScriptArray Keys(IScriptObject? value) => new(value?.GetMembers() ?? []);

    public static ScriptArray Values(TemplateContext context, IScriptObject? value) =>
        new(value?.GetMembers().Select(name => Member(context, value, name)) ?? []);

    public static bool HasKey(IScriptObject? value, string? key) => key is not null && value?.Contains(key) == true;

    public static bool HasValue(TemplateContext context, IScriptObject? value, string? key) =>
        key is not null && value is not null && Member(context, value, key) is not null;

    /// <summary>Reads a time as producers write it. Without an offset it counts as UTC, so that no machine's zone shows in the output.</summary>
    public static DateTime? ParseDate(string? text)
    {
        const DateTimeStyles Styles = DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal;
        return DateTime.TryParse(text, CultureInfo.InvariantCulture, Styles, out DateTime date) ? date : null;
    }

    private static object? Member(TemplateContext context, IScriptObject value, string name) =>
        value.TryGetValue(context, context.CurrentSpan, name, out object? member) ? member : null;
}
