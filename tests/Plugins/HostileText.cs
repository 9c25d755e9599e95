using System.Text;
using System.Text.Json;

namespace AuditHost.Plugins.Tests;

/// <summary>Texts that nobody would want in a message, the same in each run.</summary>
internal static class HostileText
{
    private static readonly string[] Pieces =
    [
        "a", " ", "&", "<", ">", "&amp;", "&lt;", "<!channel>", "<@U024BE7LH>", "<https://evil.example|click>", "@here", "#general", "*", "_", "~", "`", "```", "\"", "\\", "/",
        "[a](https://evil.example)", "\\[a](b)", "(", ")", "[", "]", "<at>all</at>", "{{DATE(2026-01-01T00:00:00Z)}}", "${user}", "\r\n", "\n- ", "\t", "\0", "\u001b[31m", "\u007f", "\u0085",
        "\u2028", "\u202e", "\u2066", "\u200b", "\ufeff", "€", "é", "e\u0301", "日本語", "עברית", "العربية", "😀", "👩‍👩‍👧", "🇩🇪", "\ufffd", ":x:",
    ];

    /// <summary>Each piece alone, and repeated past any limit.</summary>
    public static IEnumerable<string> Repeated => Pieces.SelectMany(piece => new[] { piece, new StringBuilder().Insert(0, piece, 1 + (20_000 / piece.Length)).ToString() });

    /// <summary>Pieces thrown together, of lengths around the limits.</summary>
    public static IEnumerable<string> Mixed(int count)
    {
        var random = new Random(20261123);
        for (int i = 0; i < count; i++)
        {
            int length = (int)Math.Pow(2, random.NextDouble() * 15);
            var text = new StringBuilder(random.Next(2) == 0 ? string.Empty : new string('x', random.Next(200)));
            while (text.Length < length)
                text.Append(Pieces[random.Next(Pieces.Length)]);
            yield return text.ToString();
        }
    }

    /// <summary>An event that has a text wherever it can have one, with what the host says of an alert.</summary>
    /// <param name="text">The text.</param>
    /// <param name="id">The event's id.</param>
    public static string Everywhere(string text, string id)
    {
        string json = JsonSerializer.Serialize(text);
        return $$$"""
            {"event_id":{{{JsonSerializer.Serialize(id)}}},"event_type":{{{json}}},"severity":"High","source":{{{json}}},"timestamp":{{{json}}},
             "context":{"user":{{{json}}},"operation_id":{{{json}}},"environment":{"hostname":{{{json}}}},"security":{"classification":{{{json}}}},"compliance_profiles":[{{{json}}},{{{json}}}]},
             "payload":{"data":{"security_event_type":{{{json}}},"all":{{{json}}}}},
             "alert":{"action":"trigger","dedup_key":"audithost:test:3f2a","group":{{{json}}},"count":7,"total":9,"update":false,"first":{{{json}}},"last":{{{json}}},"severity":"High",
              "groups":[{"group":{{{json}}},"count":5,"severity":{{{json}}}},{"group":{{{json}}},"count":2,"severity":"High"}]}}
            """;
    }
}
