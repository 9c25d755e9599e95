using System.Text.Json;
using System.Text.RegularExpressions;
using AuditHost.Configuration.Keys;

namespace AuditHost.Formatting.Library;

/// <summary>The name of a template in the library, told apart from a path by how it looks.</summary>
internal static partial class TemplateName
{
    public static Kind<string> Kind { get; } = new(
        "a name of lower-case letters, digits and underscores such as acme_siem",
        (ScalarText scalar, out string value) =>
        {
            value = scalar.Text;
            return IsSound(value);
        },
        static (Utf8JsonWriter writer) => writer.WriteString("type", "string"));

    /// <summary>Whether a new template may be called so.</summary>
    public static bool IsSound(string text) => Sound().IsMatch(text);

    /// <summary>Whether a text can only be meant as a name: it has no folder and no extension.</summary>
    public static bool IsMeant(string text) => text.Length > 0 && text.AsSpan().IndexOfAny("/\\.") < 0;

    [GeneratedRegex("^[a-z][a-z0-9_]{0,63}$", RegexOptions.CultureInvariant)]
    private static partial Regex Sound();
}
