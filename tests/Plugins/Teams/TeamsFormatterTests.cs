using System.Buffers;
using AuditHost.Connectors.Teams;
using AuditHost.Fakes.Teams;
using AuditHost.Plugins.Tests.Alerts;
using AuditHost.Plugins.Tests.Formats;
using AuditHost.Plugins.Tests.Slack;
using AuditHost.Sdk;
using AuditHost.Sdk.Testing;
using static AuditHost.Plugins.Tests.Teams.TeamsTests;
using SampleEvents = AuditHost.Plugins.Tests.Formats.SampleEvents;

namespace AuditHost.Plugins.Tests.Teams;

/// <summary>What people read, and that it never breaks a rule of Teams whatever the event has.</summary>
public sealed class TeamsFormatterTests : IDisposable
{
    private const int Budget = 24_000;

    private readonly TestPluginContext _context = new();

    [Fact]
    public void An_event_is_a_card()
    {
        Assert.Equal(
            """
            {"type":"message","attachments":[{"contentType":"application/vnd.microsoft.card.adaptive","contentUrl":null,"content":{
            "$schema":"http://adaptivecards.io/schemas/adaptive-card.json","type":"AdaptiveCard","version":"1.4","msteams":{"width":"Full"},
            "fallbackText":"Alert: SecurityEvent Critical","body":[
            {"type":"TextBlock","size":"Large","weight":"Bolder","color":"Attention","wrap":true,"text":"Alert: SecurityEvent Critical"},
            {"type":"TextBlock","size":"Default","weight":"Default","color":"Default","wrap":true,"text":"Critical, 2026-11-23T20:00:00.123456789Z"},
            {"type":"FactSet","facts":[
            {"title":"Type","value":"SecurityEvent"},
            {"title":"Detail","value":"DataBreach"},
            {"title":"User","value":"ann"},
            {"title":"Host","value":"db-1"},
            {"title":"Source","value":"app::auth"},
            {"title":"Operation","value":"op-7"},
            {"title":"Classification","value":"PHI"},
            {"title":"Compliance","value":"HIPAA,SOX"}]},
            {"type":"TextBlock","size":"Small","weight":"Default","color":"Default","wrap":true,"text":"event e-1","isSubtle":true}]}}]}
            """.ReplaceLineEndings(string.Empty),
            Render(Event));
    }

    [Fact]
    public async Task An_alert_says_how_many_events_it_stands_for()
    {
        TeamsCard card = await PostAsync(SlackTests.Alerted(Event));

        Assert.Equal("Alert: SecurityEvent Critical", card.Shown[0]);
        Assert.Equal("Critical, 431 events from 2026-11-23T20:00:00.000Z to 2026-11-23T20:00:09.131Z, 1204 since the alert opened", card.Shown[1]);
        Assert.Equal("alert audithost:slack:3f2a, event e-1", card.Shown[^1]);
    }

    [Fact]
    public void Alerts_that_are_summed_up_are_named() => Assert.Contains(
        """{"title":"Alerts","value":"Critical: SecurityEvent payroll, 3 events; High: AccessEvent \"db\", 1 event"}""",
        Rendering.Create(new TeamsFormatterFactory()).Render(AlertEvents.Summary()), StringComparison.Ordinal);

    [Fact]
    public async Task An_alert_that_is_over_says_so()
    {
        TeamsCard card = await PostAsync(SlackTests.Alerted(Event, SlackTests.Alert.Replace("\"trigger\"", "\"resolve\"", StringComparison.Ordinal)));

        Assert.Equal("Resolved: SecurityEvent Critical", card.Shown[0]);
        Assert.StartsWith("Resolved, 431 events", card.Shown[1], StringComparison.Ordinal);
        Assert.Equal("Good", card.Json.GetProperty("body")[0].GetProperty("color").GetString());
    }

    [Theory]
    [InlineData("Critical", "Attention")]
    [InlineData("High", "Attention")]
    [InlineData("Medium", "Warning")]
    [InlineData("Low", "Accent")]
    [InlineData("Info", "Default")]
    public async Task A_severity_has_its_colour(string severity, string colour)
    {
        TeamsCard card = await PostAsync($$"""{"event_id":"e","severity":"{{severity}}"}""");

        Assert.Equal(colour, card.Json.GetProperty("body")[0].GetProperty("color").GetString());
    }

    [Fact]
    public async Task The_payload_goes_along_where_asked()
    {
        Assert.DoesNotContain("dataset:A", Render(Event), StringComparison.Ordinal);
        Assert.Contains(
            """{"type":"SecurityEvent","data":{"security_event_type":"DataBreach","affected_resources":["dataset:A"]}}""", (await PostAsync(Event, """{"payload":true}""")).Shown);
    }

    [Fact]
    public void Markdown_is_escaped_and_so_is_what_escapes_it() =>
        Assert.Contains("""{"title":"User","value":"a\\\\\\[b\\]\\(c\\)\\*d\\_e~`<f>"}""", Render("""{"event_id":"e","context":{"user":"a\\[b](c)*d_e~`<f>"}}"""), StringComparison.Ordinal);

    [Fact]
    public async Task A_value_stays_on_its_line()
    {
        TeamsCard card = await PostAsync("""{"event_id":"e","context":{"user":"ann\r\n- forged\u2028\u202e"}}""");

        Assert.Contains("ann  - forged \ufffd", card.Shown);
    }

    [Theory]
    [MemberData(nameof(SampleEvents.Indexes), MemberType = typeof(SampleEvents))]
    public async Task Each_sample_event_is_posted(int index)
    {
        TeamsCard card = await PostAsync(SampleEvents.Lines[index], """{"payload":true}""");

        Assert.Contains("event " + SampleEvents.Parse(index).Id.ToString(), card.Shown);
    }

    [Fact]
    public async Task No_event_breaks_a_limit_or_becomes_more_than_text()
    {
        await using TeamsWorkflow workflow = await StartAsync();
        await using IConnector connector = Create(_context, workflow);
        string[] texts = [.. HostileText.Repeated, .. HostileText.Mixed(300)];

        for (int i = 0; i < texts.Length; i++)
        {
            DeliveryResult result = await connector.SendAsync(Batch(HostileText.Everywhere(texts[i], $"e-{i}"), """{"payload":true}"""), Cancellation);
            Assert.True(result.IsDelivered, $"{result.Reason} {(texts[i].Length > 80 ? texts[i][..80] : texts[i])}");
        }

        Assert.Empty(workflow.Violations);
        Assert.All(workflow.Cards, card => Assert.InRange(card.Bytes, 1, Budget));
        Assert.All(workflow.Cards, card => Assert.Empty(card.Markup));
        Assert.All(workflow.Cards.Index(), one => Assert.EndsWith($", event e-{one.Index}", one.Item.Shown[^1], StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"event_id":"","event_type":"","timestamp":"","context":{"user":""}}""")]
    [InlineData("""{"event_id":" ","event_type":"\n","alert":{"action":"trigger","group":"\u2028","first":"","last":"","count":2}}""")]
    [InlineData("""{"event_id":null,"event_type":17,"context":{"user":["a"]},"alert":{"action":"resolve"},"payload":3}""")]
    public async Task An_event_with_nothing_in_it_is_a_card_too(string json) => await PostAsync(json, """{"payload":true}""");

    [Fact]
    public void Nothing_is_allocated_per_event()
    {
        IEventFormatter formatter = Rendering.Create(new TeamsFormatterFactory(), """{"payload":true}""");
        AuditEvent[] events =
            [.. Enumerable.Range(0, 10).Select(SampleEvents.Parse), TestEvent.Parse(SlackTests.Alerted(Event)), TestEvent.Parse(HostileText.Everywhere("a\n<b>", "e"))];
        var output = new ArrayBufferWriter<byte>(1 << 16);
        FormatAll();

        Assert.Equal(0, Allocations.Least(FormatAll));

        void FormatAll()
        {
            foreach (AuditEvent auditEvent in events)
            {
                output.ResetWrittenCount();
                formatter.Format(auditEvent, output);
            }
        }
    }

    public void Dispose() => _context.Dispose();

    private async Task<TeamsCard> PostAsync(string json, string settings = "{}")
    {
        await using TeamsWorkflow workflow = await StartAsync();
        await using IConnector connector = Create(_context, workflow);
        DeliveryResult result = await connector.SendAsync(Batch(json, settings), Cancellation);
        Assert.True(result.IsDelivered, result.Reason);
        Assert.Empty(workflow.Violations);
        return Assert.Single(workflow.Cards);
    }
}
