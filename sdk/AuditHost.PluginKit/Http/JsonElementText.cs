using System.Text.Json;

namespace AuditHost.PluginKit.Http;

/// <summary>Reads texts of an answer, whoever wrote it.</summary>
public static class JsonElementText
{
    /// <summary>
    /// A text; <see langword="null"/> where the value is none, or has half a character as an escape (<c>\ud800</c>), which .NET has no text for
    /// and <see cref="JsonElement.GetString"/> throws at.
    /// </summary>
    public static string? TextOrNull(this JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.String)
            return null;
        try
        {
            return value.GetString();
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>A member's text; <see langword="null"/> where the element is no object or has no such text.</summary>
    public static string? TextOrNull(this JsonElement element, string name) =>
        element.MemberOrNull(name) is { } value ? value.TextOrNull() : null;

    /// <summary>A member; <see langword="null"/> where the element is no object or has none by this name, or where half a character stands in a name.</summary>
    public static JsonElement? MemberOrNull(this JsonElement element, string name)
    {
        try
        {
            return element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out JsonElement value) ? value : null;
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }
}
