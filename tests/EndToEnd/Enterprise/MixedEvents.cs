using System.Globalization;
using System.Text.Json;

namespace AuditHost.EndToEnd.Enterprise;

/// <summary>
/// Events of every type and severity, with compliance profiles and without. Which of them a site must deliver is said here too, from the words of its file and
/// without the code that filters.
/// </summary>
internal sealed class MixedEvents(int count)
{
    private static readonly string[] Types =
    [
        "SecurityEvent", "ComplianceCheck", "ErrorEvent", "CopybookParse", "DataValidation", "DataTransformation", "PerformanceMeasurement",
        "AccessEvent", "LineageTracking", "ConfigurationChange", "UserLogin",
    ];

    private static readonly string[] Severities = ["Info", "Low", "Medium", "High", "Critical"];

    private readonly DateTimeOffset _start = DateTimeOffset.UtcNow.AddHours(-1);

    public IEnumerable<string> Json => Enumerable.Range(0, count).Select(Write);

    /// <summary>What passes the given site's global filters: at least Medium, of three types, with a compliance profile.</summary>
    /// <param name="least">What a destination's own threshold asks for besides.</param>
    public IReadOnlyList<MixedEvent> Wanted(string least) => [.. Enumerable.Range(0, count)
        .Where(number => ProfilesOf(number).Length > 0)
        .Select(number => new MixedEvent(TestEvents.Id(number), TypeOf(number), SeverityOf(number)))
        .Where(one => one.Type is "SecurityEvent" or "ComplianceCheck" or "ErrorEvent"
            && Severities.IndexOf(one.Severity) >= Math.Max(Severities.IndexOf("Medium"), Severities.IndexOf(least)))];

    // Two of three events are of the first three types, so that what is wanted and what is not are both thousands.
    private static string TypeOf(int number) => number % 3 == 0 ? Types[number / 3 % Types.Length] : Types[number % 3];

    private static string SeverityOf(int number) => Severities[number / 7 % Severities.Length];

    private static string[] ProfilesOf(int number) => (number % 5) switch { 0 => [], 1 => ["SOX"], 2 => ["HIPAA", "GDPR"], _ => ["PCI-DSS"] };

    private string Write(int number) => JsonSerializer.Serialize(new Dictionary<string, object>
    {
        ["event_id"] = TestEvents.Id(number),
        ["timestamp"] = _start.AddMilliseconds(number * 100).ToString("O", CultureInfo.InvariantCulture),
        ["event_type"] = TypeOf(number),
        ["severity"] = SeverityOf(number),
        ["source"] = "copybook-core::e2e",
        ["context"] = new Dictionary<string, object>
        {
            ["operation_id"] = $"op-{number / 10:D6}",
            ["user"] = number % 4 == 0 ? "jmüller" : "batch_svc",
            ["environment"] = new Dictionary<string, object> { ["hostname"] = $"cbproc-{number % 8:D2}", ["process_id"] = 4000 + (number % 100), ["version"] = "0.4.3" },
            ["security"] = new Dictionary<string, object> { ["classification"] = "Internal" },
            ["compliance_profiles"] = ProfilesOf(number),
        },
        ["payload"] = new Dictionary<string, object>
        {
            ["type"] = TypeOf(number),
            ["data"] = new Dictionary<string, object> { ["number"] = number, ["text"] = "a \"quoted\" word, a tab\tand ümläuts", ["list"] = new[] { "a", "b" } },
        },
    });
}
