using System.Collections;
using System.Globalization;
using System.Numerics;
using System.Text;
using System.Text.Encodings.Web;
using AuditHost.Formatting.Model;
using Scriban;
using Scriban.Runtime;

namespace AuditHost.Formatting.Functions;

/// <summary>Writes values as JSON.</summary>
internal static class JsonEscapes
{
    private const int MaxDepth = 20;

    /// <summary>Escapes what JSON asks for and leaves other scripts readable: the output is never put into an HTML page.</summary>
    private static readonly JavaScriptEncoder Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping;

    /// <summary>A complete JSON value, quotes included.</summary>
    public static string Value(TemplateContext context, object? value)
    {
        if (value is string text)
            return Quote(text);
        if (Scalar(value) is { } scalar)
            return scalar;
        var json = new StringBuilder();
        Write(context, value, json, MaxDepth);
        return json.ToString();
    }

    /// <summary>The inside of a JSON string, for text put together from several values.</summary>
    public static string Inside(string text) => Encoder.Encode(text);

    /// <summary>Dates as RFC 3339 in UTC, with as many fraction digits as they have.</summary>
    public static string Date(DateTime date) =>
        (date.Kind == DateTimeKind.Local ? date.ToUniversalTime() : date).ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture);

    private static string Quote(string text) => string.Concat("\"", Encoder.Encode(text), "\"");

    private static string? Scalar(object? value) => value switch
    {
        null => "null",
        bool flag => flag ? "true" : "false",
        int or long or decimal or BigInteger => ((IFormattable)value).ToString(null, CultureInfo.InvariantCulture),
        double number => Number(number),
        float number => Number(number),
        DateTime date => Quote(Date(date)),
        IJsonValue received => JsonTokens.Compact(received),
        _ => null,
    };

    private static string Number(double number) => double.IsFinite(number)
        ? number.ToString("R", CultureInfo.InvariantCulture)
        : throw new InvalidOperationException("JSON has no infinite numbers and no NaN.");

    private static void Write(TemplateContext context, object? value, StringBuilder json, int depth)
    {
        if (depth == 0)
            throw new InvalidOperationException($"The value is nested deeper than {MaxDepth} levels, or contains itself.");
        if (json.Length > TemplateLimits.Text)
            throw new InvalidOperationException($"The JSON is longer than {TemplateLimits.Text} characters.");
        if (value is string text)
            json.Append(Quote(text));
        else if (Scalar(value) is { } scalar)
            json.Append(scalar);
        else if (value is IScriptObject members and not IList)
            WriteObject(context, members, json, depth);
        else if (value is IEnumerable items and not IScriptCustomFunction)
            WriteArray(context, items, json, depth);
        else
            json.Append(Quote(context.ObjectToString(value) ?? string.Empty));
    }

    private static void WriteObject(TemplateContext context, IScriptObject members, StringBuilder json, int depth)
    {
        json.Append('{');
        bool first = true;
        foreach (string name in members.GetMembers())
        {
            if (!first)
                json.Append(',');
            first = false;
            json.Append(Quote(name)).Append(':');
            members.TryGetValue(context, context.CurrentSpan, name, out object? value);
            Write(context, value, json, depth - 1);
        }

        json.Append('}');
    }

    private static void WriteArray(TemplateContext context, IEnumerable items, StringBuilder json, int depth)
    {
        json.Append('[');
        bool first = true;
        foreach (object? item in items)
        {
            if (!first)
                json.Append(',');
            first = false;
            Write(context, item, json, depth - 1);
        }

        json.Append(']');
    }
}
