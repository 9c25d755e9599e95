using System.Globalization;
using System.Text.RegularExpressions;
using AuditHost.Fakes;
using AuditHost.Fakes.PagerDuty;
using AuditHost.Fakes.Slack;
using AuditHost.Fakes.Teams;

namespace AuditHost.EndToEnd.Enterprise;

/// <summary>Whoever gets messages for people.</summary>
internal sealed partial class AlertReceivers : IEnterprisePart
{
    /// <summary>Windows of seconds, where the default is made for people: ten seconds, and five minutes between two messages.</summary>
    private const string Hygiene = "alert: { group_window: 2s, repeat_after: 5s, per: 5s }";

    private readonly PagerDutyEvents _pagerDuty = new();
    private readonly SlackServer _slack = new();
    private readonly TeamsWorkflow _teams = new();

    public AlertReceivers() => Servers =
    [
        new AlertReceiver("pagerduty", PagerDutyCounts, () => _pagerDuty.Violations),
        new AlertReceiver("slack", SlackCounts, () => _slack.Violations) { Threshold = "High" },
        new AlertReceiver("teams", TeamsCounts, () => _teams.Violations) { Threshold = "Medium" },
    ];

    public IReadOnlyList<string> Sections { get; } = ["alerting"];

    public IReadOnlyList<EnterpriseServer> Servers { get; }

    public IReadOnlyDictionary<string, string> Variables => new Dictionary<string, string>
    {
        ["PAGERDUTY_INTEGRATION_KEY"] = PagerDutyEvents.Key,
        ["SLACK_WEBHOOK_URL"] = _slack.Webhook.ToString(),
        ["TEAMS_WEBHOOK_URL"] = _teams.Webhook,
    };

    private IEnumerable<FakeHttpServer> HttpServers => [_pagerDuty, _slack, _teams];

    public string Adapt(string given) => given
        .Replace("integration_key:", $"endpoint: \"{_pagerDuty.Address}\"\n      {Hygiene}\n      integration_key:", StringComparison.Ordinal)
        .Replace("webhook_url: \"${SLACK", $"{Hygiene}\n      webhook_url: \"${{SLACK", StringComparison.Ordinal)
        .Replace("webhook_url: \"${TEAMS", $"{Hygiene}\n      webhook_url: \"${{TEAMS", StringComparison.Ordinal);

    public async Task StartAsync(SiteFolder site, CancellationToken cancellationToken)
    {
        foreach (FakeHttpServer server in HttpServers)
            await server.StartAsync(cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (FakeHttpServer server in HttpServers)
            await server.DisposeAsync();
    }

    private IEnumerable<long> PagerDutyCounts() => _pagerDuty.Alerts.SelectMany(alert => alert.Triggers)
        .Select(trigger => trigger.GetProperty("payload").GetProperty("custom_details").GetProperty("events").GetInt64());

    private IEnumerable<long> SlackCounts() => _slack.Messages
        .Select(message => message.Json.GetProperty("metadata").GetProperty("event_payload").GetProperty("count").GetInt64());

    /// <summary>A card says it in words, and of one event not at all.</summary>
    private IEnumerable<long> TeamsCounts() => _teams.Cards
        .Select(card => card.Shown.Select(text => Count().Match(text)).FirstOrDefault(match => match.Success))
        .Select(match => match is null ? 1 : long.Parse(match.Groups["count"].Value, CultureInfo.InvariantCulture));

    [GeneratedRegex("^[A-Z][a-z]+, (?<count>[0-9]+) events from ")]
    private static partial Regex Count();
}
