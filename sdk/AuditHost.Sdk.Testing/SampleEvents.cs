using System.Text;

namespace AuditHost.Sdk.Testing;

/// <summary>Events of every shape that a host passes on: few fields and many, escapes, control characters, other scripts, large values.</summary>
public static class SampleEvents
{
    private const int LargeBytes = 1 << 20;

    private static readonly DateTimeOffset Received = new(2026, 3, 31, 7, 0, 0, 250, TimeSpan.Zero);

    /// <summary>The JSON of each sample by a name that says what is special about it.</summary>
    public static IReadOnlyDictionary<string, string> Json { get; } = new Dictionary<string, string>
    {
        ["an ordinary event"] = Ordinary("e-1", "alice"),
        ["an event with nothing but an id"] = """{"event_id":"e-2"}""",
        ["an event without an id"] = """{"event_type":"SecurityEvent","timestamp":"2026-03-31T06:52:12Z"}""",
        ["an empty object"] = "{}",
        ["empty values"] = """{"event_id":"","event_type":"","timestamp":"","severity":"","source":"","context":{"user":""}}""",
        ["nulls"] = """{"event_id":"e-3","event_type":null,"timestamp":null,"severity":null,"context":null}""",
        ["values of other types"] = """{"event_id":"e-4","event_type":17,"severity":3,"context":{"user":["a","b"]},"flag":true,"number":-1.5e300}""",
        ["a severity and a time that nobody knows"] = """{"event_id":"e-5","event_type":"X","severity":"Apocalyptic","timestamp":"yesterday"}""",
        ["pretty-printed JSON"] = "{\r\n  \"event_id\" : \"e-6\",\r\n\t\"event_type\" : \"SecurityEvent\",\n  \"context\" : {\n    \"user\" : \"alice\"\n  }\n}",
        ["escaped text"] = Ordinary("e-7", """a\"b\\c\/d\u0065f"""),
        ["escaped line breaks and control characters"] = Ordinary("e-8", """one\ntwo\rthree\tfour\u0000five\u001bsix\u007fseven"""),
        ["separators of Unicode"] = Ordinary("e-9", """one\u2028two\u2029three\u0085four\ufefffive"""),
        ["other scripts"] = Ordinary("e-10", "jürgen 审计 аудит 🔒 \u202Eevil"),
        ["a lone surrogate"] = Ordinary("e-11", """before\ud800after"""),
        ["the separators of formats"] = Ordinary("e-12", """a|b=c\\d,e;f]g[h<i>j&k'l"""),
        ["a forged message"] = Ordinary("e-13", """x\n<110>1 2026-03-31T06:52:12Z forged - - - -\nCEF:0|a|b|c|d|e|10|"""),
        ["names that need care"] = """{"event_id":"e-14","a b":1,"":2,"<x>":3,"a.b":4,"xml":5,"\u00e9":6}""",
        ["an array of every depth"] = """{"event_id":"e-15","list":[[],[{}],[[1],{"a":[null,true]}]]}""",
        ["a large value"] = Ordinary("e-16", new string('x', LargeBytes)),
        ["a large value of escapes"] = Ordinary("e-17", Repeat("""\u0041""", LargeBytes / 6)),
        ["many members"] = "{" + string.Join(',', Enumerable.Range(0, 5000).Select(number => $"\"m{number}\":{number}")) + ",\"event_id\":\"e-18\"}",
    };

    /// <summary>Parses a sample as the host would, in memory of its own.</summary>
    /// <param name="name">A key of <see cref="Json"/>.</param>
    public static AuditEvent Parse(string name) => TestEvent.Parse(Json[name], sequence: 7, Received);

    /// <summary>An ordinary event with an id of the caller's.</summary>
    internal static AuditEvent WithId(string id, ulong sequence, int padding) =>
        TestEvent.Parse(Ordinary(id, "alice", new string('p', padding)), sequence, Received);

    private static string Ordinary(string id, string user, string padding = "") =>
        $$$"""
        {"event_id":"{{{id}}}","timestamp":"2026-03-31T06:52:12.003883154Z","event_type":"SecurityEvent","severity":"High","source":"copybook-rs","context":{"user":"{{{user}}}","operation_id":"op-1","environment":{"hostname":"app-01","process_id":42},"security":{"classification":"PHI","compliance_profiles":["HIPAA","SOX"]}},"payload":{"action":"read","padding":"{{{padding}}}"}}
        """;

    private static string Repeat(string text, int count) => new StringBuilder(text.Length * count).Insert(0, text, count).ToString();
}
