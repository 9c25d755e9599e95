using System.Text.Json;

namespace AuditHost.Fakes.Teams;

/// <summary>
/// The rules of Adaptive Cards 1.4 for the elements that messages here are made of (the schema at adaptivecards.io). What is not listed there
/// is refused: Teams would leave it out, or the card as a whole.
/// </summary>
internal static class AdaptiveCard
{
    private static readonly Dictionary<string, string[]> Words = new()
    {
        ["size"] = ["Small", "Default", "Medium", "Large", "ExtraLarge"],
        ["weight"] = ["Lighter", "Default", "Bolder"],
        ["color"] = ["Default", "Dark", "Light", "Accent", "Good", "Warning", "Attention"],
        ["fontType"] = ["Default", "Monospace"],
    };

    /// <summary>What is wrong with a card; <see langword="null"/> where nothing is.</summary>
    public static string? Fault(JsonElement card)
    {
        if (card.ValueKind != JsonValueKind.Object || !Is(card, "type", "AdaptiveCard"))
            return "not an AdaptiveCard";
        if (!card.TryGetProperty("version", out JsonElement version) || version.GetString() is not ("1.0" or "1.1" or "1.2" or "1.3" or "1.4"))
            return "a version that Teams does not show everywhere";
        string? unlisted = card.EnumerateObject().Select(member => member.Name)
            .FirstOrDefault(name => name is not ("type" or "version" or "$schema" or "msteams" or "fallbackText" or "body" or "actions" or "speak" or "lang"));
        if (unlisted is not null)
            return $"a member that a card does not have: {unlisted}";
        return !card.TryGetProperty("body", out JsonElement body) || body.ValueKind != JsonValueKind.Array || body.GetArrayLength() == 0
            ? "no body"
            : body.EnumerateArray().Select(FaultOf).FirstOrDefault(fault => fault is not null);
    }

    private static string? FaultOf(JsonElement element)
    {
        if (element.ValueKind != JsonValueKind.Object)
            return "an element that is no object";
        if (Is(element, "type", "FactSet"))
            return FaultOfFacts(element);
        if (!Is(element, "type", "TextBlock"))
            return "an element of another type";
        if (!HasText(element, "text"))
            return "a TextBlock without text";
        return element.EnumerateObject().Where(member => !IsAllowed(member)).Select(member => $"a TextBlock with {member}").FirstOrDefault();
    }

    private static string? FaultOfFacts(JsonElement element)
    {
        if (!element.TryGetProperty("facts", out JsonElement facts) || facts.ValueKind != JsonValueKind.Array || facts.GetArrayLength() == 0)
            return "a FactSet without facts";
        if (element.EnumerateObject().Any(member => member.Name is not ("type" or "facts")))
            return "a FactSet with another member";
        return facts.EnumerateArray().All(fact => HasText(fact, "title") && HasText(fact, "value") && fact.EnumerateObject().Count() == 2) ? null : "a fact that is not title and value";
    }

    private static bool IsAllowed(JsonProperty member) => member.Name switch
    {
        "type" or "text" => true,
        "wrap" or "isSubtle" => member.Value.ValueKind is JsonValueKind.True or JsonValueKind.False,
        _ => Words.TryGetValue(member.Name, out string[]? words) && member.Value.ValueKind == JsonValueKind.String && words.Contains(member.Value.GetString()),
    };

    private static bool HasText(JsonElement element, string name) => element.ValueKind == JsonValueKind.Object
        && element.TryGetProperty(name, out JsonElement text) && text.ValueKind == JsonValueKind.String && !string.IsNullOrWhiteSpace(text.GetString());

    private static bool Is(JsonElement element, string name, string value) =>
        element.TryGetProperty(name, out JsonElement text) && text.ValueKind == JsonValueKind.String && text.GetString() == value;
}
