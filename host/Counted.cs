using System.Globalization;

namespace AuditHost;

/// <summary>Numbers with their nouns, for reports to people.</summary>
internal static class Counted
{
    /// <summary><c>1 event</c>, <c>2 events</c>, <c>12,345 dead letters</c>.</summary>
    public static string Of(long number, string noun) =>
        string.Create(CultureInfo.InvariantCulture, $"{number:N0} {noun}{(number == 1 ? string.Empty : "s")}");
}
