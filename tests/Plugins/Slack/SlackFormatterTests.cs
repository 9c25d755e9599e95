using System.Buffers;
using System.Text.Json;
using AuditHost.Connectors.Slack;
using AuditHost.Fakes.Slack;
using AuditHost.Plugins.Tests.Alerts;
using AuditHost.Plugins.Tests.Formats;
using AuditHost.Sdk;
using AuditHost.Sdk.Testing;
using static AuditHost.Plugins.Tests.Slack.SlackTests;
using SampleEvents = AuditHost.Plugins.Tests.Formats.SampleEvents;

namespace AuditHost.Plugins.Tests.Slack;

/// <summary>What people read, and that it never breaks a rule of Slack's whatever the event has.</summary>
public sealed class SlackFormatterTests : IDisposable
{
    private readonly TestPluginContext _context = new();

    [Fact]
    public void An_event_is_a_message()
    {
        Assert.Equal(
            """
            {"text":"Alert: SecurityEvent Critical","blocks":[
            {"type":"header","text":{"type":"plain_text","text":"Alert: SecurityEvent Critical","emoji":false}},
            {"type":"section","text":{"type":"mrkdwn","text":":red_circle: *Critical*, 2026-11-23T20:00:00.123456789Z","verbatim":true}},
            {"type":"section","fields":[
            {"type":"mrkdwn","text":"*Type*\u000aSecurityEvent","verbatim":true},
            {"type":"mrkdwn","text":"*Detail*\u000aDataBreach","verbatim":true},
            {"type":"mrkdwn","text":"*User*\u000aann","verbatim":true},
            {"type":"mrkdwn","text":"*Host*\u000adb-1","verbatim":true},
            {"type":"mrkdwn","text":"*Source*\u000aapp::auth","verbatim":true},
            {"type":"mrkdwn","text":"*Operation*\u000aop-7","verbatim":true},
            {"type":"mrkdwn","text":"*Classification*\u000aPHI","verbatim":true},
            {"type":"mrkdwn","text":"*Compliance*\u000aHIPAA,SOX","verbatim":true}]},
            {"type":"context","elements":[{"type":"plain_text","text":"event e-1","emoji":false}]}],
            "metadata":{"event_type":"audithost_alert","event_payload":{"event_id":"e-1","action":"trigger","severity":"Critical","count":1,"total":1}},
            "unfurl_links":false,"unfurl_media":false}
            """.ReplaceLineEndings(string.Empty),
            Render(Event));
    }

    [Fact]
    public void An_alert_says_how_many_events_it_stands_for()
    {
        using JsonDocument message = JsonDocument.Parse(Render(Alerted(Event)));

        Assert.Equal("Alert: SecurityEvent Critical, 431 events", message.RootElement.GetProperty("text").GetString());
        Assert.Equal(
            [
                "Alert: SecurityEvent Critical",
                ":red_circle: *Critical*, 431 events from 2026-11-23T20:00:00.000Z to 2026-11-23T20:00:09.131Z, 1204 since the alert opened",
            ],
            message.RootElement.GetProperty("blocks").EnumerateArray().Take(2).Select(block => block.GetProperty("text").GetProperty("text").GetString()));
        Assert.Equal(
            ["event e-1", "alert audithost:slack:3f2a"],
            message.RootElement.GetProperty("blocks").EnumerateArray().Last().GetProperty("elements").EnumerateArray().Select(element => element.GetProperty("text").GetString()));
        Assert.Equal("audithost:slack:3f2a", message.RootElement.GetProperty("metadata").GetProperty("event_payload").GetProperty("dedup_key").GetString());
    }

    [Fact]
    public void Alerts_that_are_summed_up_are_named()
    {
        using JsonDocument message = JsonDocument.Parse(Rendering.Create(new SlackFormatterFactory()).Render(AlertEvents.Summary()));

        Assert.Equal($"*Alerts*\n{AlertEvents.SummedUp}", message.RootElement.GetProperty("blocks")[2].GetProperty("fields")[0].GetProperty("text").GetString());
    }

    [Fact]
    public void An_alert_that_is_over_says_so()
    {
        string message = Render(Alerted(Event, Alert.Replace("\"trigger\"", "\"resolve\"", StringComparison.Ordinal)));

        Assert.Contains("\"text\":\"Resolved: SecurityEvent Critical, 431 events\"", message, StringComparison.Ordinal);
        Assert.Contains(":white_check_mark: *Resolved*, 431 events", message, StringComparison.Ordinal);
        Assert.Contains("\"action\":\"resolve\"", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Critical", ":red_circle: *Critical*")]
    [InlineData("High", ":large_orange_circle: *High*")]
    [InlineData("Medium", ":large_yellow_circle: *Medium*")]
    [InlineData("Low", ":large_blue_circle: *Low*")]
    [InlineData("Info", ":white_circle: *Info*")]
    public void A_severity_has_its_colour(string severity, string expected) =>
        Assert.Contains(expected, Render($$"""{"event_id":"e","severity":"{{severity}}"}"""), StringComparison.Ordinal);

    [Fact]
    public void The_payload_goes_along_where_asked()
    {
        Assert.DoesNotContain("dataset:A", Render(Event), StringComparison.Ordinal);
        Assert.Contains("""{"type":"mrkdwn","text":"```{\"type\":\"SecurityEvent\",\"data\":{\"security_event_type\":\"DataBreach\",\"affected_resources\":[\"dataset:A\"]}}```","verbatim":true}""",
            Render(Event, """{"payload":true}"""), StringComparison.Ordinal);
    }

    [Fact]
    public void Metadata_can_be_left_out() => Assert.DoesNotContain("metadata", Render(Event, """{"metadata":false}"""), StringComparison.Ordinal);

    [Fact]
    public void A_member_called_alert_that_is_not_the_host_s_says_nothing()
    {
        string message = Render(Alerted(Event, ""","alert":"loud"}"""));

        Assert.Equal(Render(Event), message);
    }

    [Fact]
    public void Exactly_three_characters_are_escaped() =>
        Assert.Contains("*User*\\u000aa&amp;b&lt;c&gt;d'e*f_g~h|i@j", Render("""{"event_id":"e","context":{"user":"a&b<c>d'e*f_g~h|i@j"}}"""), StringComparison.Ordinal);

    [Fact]
    public void A_value_stays_on_its_line() =>
        Assert.Contains("*User*\\u000aann  *Host* db-9", Render("""{"event_id":"e","context":{"user":"ann\r\n*Host*\u2028db-9"}}"""), StringComparison.Ordinal);

    [Fact]
    public void Marks_that_turn_the_direction_are_seen() =>
        Assert.Contains("*User*\\u000aann\ufffdexe.", Render("""{"event_id":"e","context":{"user":"ann\u202eexe."}}"""), StringComparison.Ordinal);

    [Theory]
    [InlineData("x", 138, "x")]
    [InlineData("<", 34, "&lt;")]
    [InlineData("😀", 69, "😀")]
    public void A_title_is_cut_between_characters(string piece, int count, string shown)
    {
        using JsonDocument message = JsonDocument.Parse(Render($$$"""{"event_id":"e","alert":{"action":"trigger","group":"{{{string.Concat(Enumerable.Repeat(piece, 500))}}}"}}"""));

        string title = message.RootElement.GetProperty("blocks")[0].GetProperty("text").GetProperty("text").GetString()!;

        Assert.StartsWith("Alert: " + string.Concat(Enumerable.Repeat(shown, count)), title, StringComparison.Ordinal);
        Assert.EndsWith("…", title, StringComparison.Ordinal);
        Assert.InRange(title.Length, 140, 150);
    }

    [Theory]
    [MemberData(nameof(SampleEvents.Indexes), MemberType = typeof(SampleEvents))]
    public async Task Each_sample_event_is_posted(int index)
    {
        await using SlackServer server = await StartAsync();
        await using IConnector connector = ByWebhook(_context, server);

        DeliveryResult result = await connector.SendAsync(Batch(SampleEvents.Lines[index], """{"payload":true}"""), Cancellation);

        Assert.True(result.IsDelivered, result.Reason);
        Assert.Contains("event " + SampleEvents.Parse(index).Id.ToString(), Assert.Single(server.Messages).Shown);
    }

    [Fact]
    public async Task No_event_breaks_a_limit_or_becomes_more_than_text()
    {
        await using SlackServer server = await StartAsync();
        await using IConnector connector = ByWebhook(_context, server);
        string[] texts = [.. HostileText.Repeated, .. HostileText.Mixed(300)];

        for (int i = 0; i < texts.Length; i++)
        {
            DeliveryResult result = await connector.SendAsync(Batch(HostileText.Everywhere(texts[i], $"e-{i}"), """{"payload":true}"""), Cancellation);
            Assert.True(result.IsDelivered, $"{result.Reason} {result.Response} {(texts[i].Length > 80 ? texts[i][..80] : texts[i])}");
        }

        Assert.Empty(server.Violations);
        Assert.All(server.Messages, message => Assert.Empty(message.Sequences));
        Assert.All(server.Messages.Index(), one => Assert.Contains($"event e-{one.Index}", one.Item.Shown));
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"event_id":"","event_type":"","timestamp":"","context":{"user":""}}""")]
    [InlineData("""{"event_id":" ","event_type":"\n","alert":{"action":"trigger","group":"\u2028","first":"","last":"","count":2}}""")]
    [InlineData("""{"event_id":null,"event_type":17,"context":{"user":["a"]},"alert":{"action":"resolve"},"payload":3}""")]
    public async Task An_event_with_nothing_in_it_is_a_message_too(string json)
    {
        await using SlackServer server = await StartAsync();
        await using IConnector connector = ByWebhook(_context, server);

        Assert.True((await connector.SendAsync(Batch(json, """{"payload":true}"""), Cancellation)).IsDelivered);
        Assert.Empty(server.Violations);
    }

    [Fact]
    public void Nothing_is_allocated_per_event()
    {
        IEventFormatter formatter = Rendering.Create(new SlackFormatterFactory(), """{"payload":true}""");
        AuditEvent[] events = [.. Enumerable.Range(0, 10).Select(SampleEvents.Parse), TestEvent.Parse(Alerted(Event)), TestEvent.Parse(HostileText.Everywhere("a\n<b>", "e"))];
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
}
