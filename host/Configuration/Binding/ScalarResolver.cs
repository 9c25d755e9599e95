using System.Text.RegularExpressions;
using AuditHost.Configuration.Keys;
using AuditHost.Configuration.Secrets;
using AuditHost.Configuration.Yaml;

namespace AuditHost.Configuration.Binding;

/// <summary>Turns a scalar as written into one that can be read, and words what errors may show of it.</summary>
internal static partial class ScalarResolver
{
    private const int LongestShown = 60;

    /// <summary>The text to read; <see langword="null"/> where it cannot be known (reported, if that is an error).</summary>
    public static ScalarText? Resolve(Reading reading, YamlScalar scalar, string key, string path, bool isSecret)
    {
        if (Expander.HasPlaceholder(scalar.Value))
        {
            if (!reading.Expands)
                return null;
            return reading.Expander.Expand(scalar, path, isSecret) is { } text ? new ScalarText(key, text, IsUntyped: true) : null;
        }

        string literal = Expander.Unescape(scalar.Value);
        if (isSecret && literal.Length > 0)
        {
            reading.Secrets.Add(literal);
            reading.LiteralSecrets.Add((scalar.Location, path));
        }

        return new ScalarText(key, literal, scalar.IsPlain);
    }

    /// <summary>What was found, as the file writes it: never what a placeholder stands for, never a secret.</summary>
    public static string Show(YamlScalar scalar, bool isSecret)
    {
        if (isSecret)
            return "something else";
        string text = UserInfo().Replace(scalar.Value, "//***@");
        text = text.Length > LongestShown ? $"{text[..LongestShown]}…" : text;
        text = string.Concat(text.Select(character => char.IsControl(character) ? ' ' : character));
        return scalar.IsPlain ? $"'{text}'" : $"the text '{text}'";
    }

    /// <summary>The user name and password inside a URL.</summary>
    [GeneratedRegex("//[^/]*@", RegexOptions.CultureInvariant)]
    private static partial Regex UserInfo();
}
