using System.Text.RegularExpressions;

namespace AuditHost.EndToEnd;

/// <summary>Events whose ids are found again in whatever format they arrive.</summary>
internal static partial class TestEvents
{
    public static string Id(int number) => $"e2e-{number:D8}";

    public static string Json(int number, string type = "SecurityEvent", string severity = "High") =>
        $$"""{"event_id":"{{Id(number)}}","timestamp":"2026-03-31T06:00:00Z","event_type":"{{type}}","severity":"{{severity}}","context":{"user":"batch_svc"} }""";

    public static IEnumerable<string> Range(int first, int count) => Enumerable.Range(first, count).Select(number => Json(number));

    /// <summary>The ids in a text, each as often as it stands there.</summary>
    public static IEnumerable<string> IdsIn(string text) => Pattern().Matches(text).Select(match => match.Value);

    [GeneratedRegex("e2e-[0-9]{8}")]
    private static partial Regex Pattern();
}
