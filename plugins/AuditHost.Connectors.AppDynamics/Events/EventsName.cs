namespace AuditHost.Connectors.AppDynamics.Events;

/// <summary>The names of schemas and columns: those that a query can write without quotes. The service may take more.</summary>
internal static class EventsName
{
    /// <summary>The rule in words, for a setting that breaks it.</summary>
    public const string Rule = "Use letters, digits and '_', begin with a letter, and use at most 255 characters";

    private const int MaxLength = 255;

    public static bool IsOne(string name) =>
        name.Length is > 0 and <= MaxLength && char.IsAsciiLetter(name[0]) && name.All(static one => char.IsAsciiLetterOrDigit(one) || one == '_');
}
