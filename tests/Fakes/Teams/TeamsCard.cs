using System.Text;
using System.Text.Json;

namespace AuditHost.Fakes.Teams;

/// <summary>A card as Teams posted it.</summary>
/// <param name="Json">The Adaptive Card.</param>
/// <param name="Bytes">How many bytes the message had.</param>
public sealed record TeamsCard(JsonElement Json, int Bytes)
{
    private const string Special = "\\[]()*_";

    /// <summary>The texts and facts of the card, as people read them.</summary>
    public IReadOnlyList<string> Shown => [.. Texts(Json.GetProperty("body")).Select(Unescape)];

    /// <summary>What Teams takes for more than text: characters of Markdown that no backslash stands before.</summary>
    public IReadOnlyList<string> Markup => [.. Texts(Json.GetProperty("body")).Where(HasMarkup)];

    private static IEnumerable<string> Texts(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => element.EnumerateObject().SelectMany(member =>
            member is { Name: "text" or "value", Value.ValueKind: JsonValueKind.String } ? [member.Value.GetString()!] : Texts(member.Value)),
        JsonValueKind.Array => element.EnumerateArray().SelectMany(Texts),
        _ => [],
    };

    /// <summary>CommonMark, "Backslash escapes".</summary>
    private static string Unescape(string text)
    {
        var shown = new StringBuilder();
        for (int i = 0; i < text.Length; i++)
        {
            if (text[i] == '\\' && i + 1 < text.Length && Special.Contains(text[i + 1]))
                i++;
            shown.Append(text[i]);
        }

        return shown.ToString();
    }

    private static bool HasMarkup(string text)
    {
        for (int i = 0; i < text.Length; i++)
        {
            if (text[i] == '\\' && i + 1 < text.Length && Special.Contains(text[i + 1]))
                i++;
            else if (Special.Contains(text[i]))
                return true;
        }

        return false;
    }
}
