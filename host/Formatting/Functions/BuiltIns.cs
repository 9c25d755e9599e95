using Scriban.Functions;
using Scriban.Runtime;

namespace AuditHost.Formatting.Functions;

/// <summary>
/// What every template can call. Chosen one by one: nothing that reaches outside (<c>include</c>), that evaluates text as code
/// (<c>object.eval</c>), or that answers differently on a retry (<c>date.now</c>, <c>math.random</c>, <c>math.uuid</c>).
/// </summary>
internal static class BuiltIns
{
    /// <summary>One for all templates: it is read-only to the last member.</summary>
    public static ScriptObject Shared { get; } = Create();

    private static ScriptObject Create()
    {
        var builtIns = new ScriptObject
        {
            ["json"] = new EscapeFunction(JsonEscapes.Value),
            ["json_string"] = EscapeFunction.OfText(JsonEscapes.Inside),
            ["xml"] = EscapeFunction.OfText(TextEscapes.Xml),
            ["cef_header"] = EscapeFunction.OfText(TextEscapes.CefHeader),
            ["cef"] = EscapeFunction.OfText(TextEscapes.Cef),
            ["url"] = EscapeFunction.OfText(TextEscapes.Url),
            ["slack"] = EscapeFunction.OfText(TextEscapes.Slack),
            ["empty"] = EmptyScriptObject.Default,
            ["string"] = Strings(),
            ["array"] = With(
                Pick(
                    new ArrayFunctions(), "add", "add_range", "any", "compact", "concat", "contains", "cycle", "each", "filter", "first",
                    "insert_at", "join", "last", "limit", "map", "offset", "remove_at", "reverse", "size", "sort", "uniq"),
                BoundedFunction.Elements,
                "cycle", "join", "sort"),
            ["math"] = Pick(
                new MathFunctions(), "abs", "ceil", "divided_by", "floor", "is_number", "minus", "modulo", "plus", "round", "times"),
            ["regex"] = Expressions(),
            ["date"] = Dates(),
            ["object"] = Objects(),
        };
        builtIns.IsReadOnly = true;
        return builtIns;
    }

    private static ScriptObject Strings() => With(
        With(
            Pick(
                new StringFunctions(), "append", "base64_decode", "base64_encode", "capitalize", "capitalizewords", "contains", "downcase",
                "empty", "ends_with", "equals_ignore_case", "escape", "handleize", "hmac_sha1", "hmac_sha256", "hmac_sha512", "index_of",
                "literal", "lstrip", "md5", "pad_left", "pad_right", "pluralize", "prepend", "remove", "remove_first", "remove_last",
                "replace", "replace_first", "rstrip", "sha1", "sha256", "sha512", "size", "slice", "slice1", "split", "starts_with",
                "strip", "strip_newlines", "to_double", "to_float", "to_int", "to_long", "truncate", "truncatewords", "upcase",
                "whitespace"),
            BoundedFunction.TakeApart,
            "strip_newlines", "truncatewords"),
        BoundedFunction.Search,
        "contains", "index_of", "remove", "remove_first", "remove_last", "replace", "replace_first", "split");

    private static ScriptObject Expressions() => With(
        With(Pick(new RegexFunctions(), "escape", "match", "matches", "split", "unescape"), BoundedFunction.TakeApart, "matches", "split"),
        BoundedFunction.Match,
        "match");

    private static ScriptObject With(ScriptObject functions, Func<IScriptCustomFunction, BoundedFunction> bound, params ReadOnlySpan<string> names)
    {
        functions.IsReadOnly = false;
        foreach (string name in names)
            functions[name] = bound((IScriptCustomFunction)functions[name]!);
        functions.IsReadOnly = true;
        return functions;
    }

    private static ScriptObject Dates()
    {
        ScriptObject dates = Pick(
            new DateTimeFunctions(), "add_days", "add_hours", "add_milliseconds", "add_minutes", "add_months", "add_seconds", "add_years",
            "to_string");
        dates.IsReadOnly = false;
        dates.Import("parse", (Func<string?, DateTime?>)ValueFunctions.ParseDate);
        dates.IsReadOnly = true;
        return dates;
    }

    private static ScriptObject Objects()
    {
        ScriptObject objects = Pick(new ObjectFunctions(), "default");
        objects.IsReadOnly = false;
        objects.Import("typeof", ValueFunctions.TypeOf);
        objects.Import("size", ValueFunctions.Size);
        objects.Import("keys", ValueFunctions.Keys);
        objects.Import("values", ValueFunctions.Values);
        objects.Import("has_key", ValueFunctions.HasKey);
        objects.Import("has_value", ValueFunctions.HasValue);
        objects.IsReadOnly = true;
        return objects;
    }

    private static ScriptObject Pick(ScriptObject functions, params ReadOnlySpan<string> names)
    {
        var picked = new ScriptObject(names.Length);
        foreach (string name in names)
            picked[name] = functions[name] ?? throw new InvalidOperationException($"The template engine has no function {name}.");
        picked.IsReadOnly = true;
        return picked;
    }
}
