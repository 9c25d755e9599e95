using System.Globalization;
using System.Text.RegularExpressions;

namespace AuditHost.EndToEnd;

/// <summary>Events whose ids are found again in whatever format they arrive.</summary>
internal static partial class TestEvents
{
    public static string Id(int number) => $"e2e-{number:D8}";

    public static string Json(int number, string type = "SecurityEvent", string severity = "High") =>
        $$"""{"event_id":"{{Id(number)}}","timestamp":"2026-03-31T06:00:00Z","event_type":"{{type}}","severity":"{{severity}}","context":{"user":"batch_svc"} }""";

    /// <summary>Whether each event in a text stands there byte for byte as it was made.</summary>
    public static bool AreWhole(string text)
    {
        foreach (Match match in Pattern().Matches(text))
        {
            string whole = Json(int.Parse(match.ValueSpan[4..], CultureInfo.InvariantCulture));
            int start = match.Index - whole.IndexOf(match.Value, StringComparison.Ordinal);
            if (start < 0 || !text.AsSpan(start).StartsWith(whole, StringComparison.Ordinal))
                return false;
        }

        return true;
    }

    public static IEnumerable<string> Range(int first, int count) => Enumerable.Range(first, count).Select(number => Json(number));

    /// <summary>The ids in a text, each as often as it stands there.</summary>
    public static IEnumerable<string> IdsIn(string text) => Pattern().Matches(text).Select(match => match.Value);

    [GeneratedRegex("e2e-[0-9]{8}")]
    private static partial Regex Pattern();
}
