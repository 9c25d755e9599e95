using System.Buffers;
using System.Text;
using AuditHost.PluginKit.Alerts;
using AuditHost.Sdk;
using AuditHost.Sdk.Testing;

namespace AuditHost.Plugins.Tests.Alerts;

/// <summary>What connectors for alerts share.</summary>
public sealed class AlertKitTests
{
    [Theory]
    [InlineData("trigger", AlertAction.Trigger)]
    [InlineData("acknowledge", AlertAction.Acknowledge)]
    [InlineData("resolve", AlertAction.Resolve)]
    [InlineData("wake everybody", AlertAction.Trigger)]
    public void Action_is_read(string action, AlertAction expected) => Assert.Equal(expected, new Alert(AlertEvents.Of(action)).Action);

    [Fact]
    public void An_event_alone_opens_an_alert() => Assert.Equal(AlertAction.Trigger, new Alert(AlertEvents.Plain()).Action);

    [Fact]
    public void Key_is_that_of_the_group() => Assert.Equal(AlertEvents.DedupKey, KeyOf(AlertEvents.Of()));

    [Fact]
    public void An_event_alone_is_named_by_its_own_key() => Assert.Equal("log-7", KeyOf(AlertEvents.Plain(sequence: 7)));

    [Fact]
    public void A_long_key_stays_different_from_others_that_begin_alike()
    {
        string beginning = new('k', 300);

        string one = KeyOf(AlertEvents.Of(dedupKey: beginning + "1"));
        string other = KeyOf(AlertEvents.Of(dedupKey: beginning + "2"));

        Assert.Equal((100, 100), (one.Length, other.Length));
        Assert.NotEqual(one, other);
        Assert.Equal(one, KeyOf(AlertEvents.Of(dedupKey: beginning + "1")));
    }

    [Fact]
    public void Summary_of_one_event() => Assert.Equal("SecurityEvent (High) by alice on app01", Summary(AlertEvents.Of()));

    [Fact]
    public void Summary_of_many_events() =>
        Assert.Equal("SecurityEvent High, 431 events; the most severe: SecurityEvent (High) by alice on app01", Summary(AlertEvents.Of(count: 431)));

    [Fact]
    public void Summary_of_several_alerts_names_the_most_severe() =>
        Assert.Equal("38 further alerts, 950 events; the most severe: SecurityEvent payroll (Critical)", Summary(AlertEvents.Summary()));

    [Fact]
    public void Alerts_that_are_summed_up_are_named() => Assert.Equal(AlertEvents.SummedUp, Groups(AlertEvents.Summary()));

    [Theory]
    [InlineData("""17""", "")]
    [InlineData("""{"group":"g"}""", "")]
    [InlineData("""[]""", "")]
    [InlineData("""[7,"x",[{"group":"g"}],{},{"group":8},{"group":null},{"group":"g"}]""", "g")]
    [InlineData("""[{"group":"g","count":"many","severity":3},{"severity":"High","count":-1,"group":"\u0068"}]""", "g; High: h, -1 events")]
    public void Whatever_else_stands_there_is_passed_over(string groups, string expected) =>
        Assert.Equal(expected, Groups(TestEvent.Parse($$"""{"alert":{"action":"trigger","groups":{{groups}} } }""")));

    [Fact]
    public void Ten_alerts_are_named_and_always_fit()
    {
        string longest = string.Concat(Enumerable.Repeat("\u20ac", 500));
        var group = new { group = longest, severity = longest, count = long.MinValue };
        string json = System.Text.Json.JsonSerializer.Serialize(new { alert = new { action = "trigger", groups = Enumerable.Repeat(group, 40) } });

        string[] named = Groups(TestEvent.Parse(json)).Split("; ");

        Assert.Equal(Enumerable.Repeat($"{longest[..10]}: {longest[..100]}, {long.MinValue} events", 10), named);
    }

    [Fact]
    public void Summary_of_an_event_with_nothing_in_it() => Assert.Equal("AuditEvent (Info)", Summary(TestEvent.Parse("{}")));

    [Fact]
    public void Summary_is_one_line_and_never_long()
    {
        string text = new string('\u20ac', 4000) + "\n\t\u007f";
        AuditEvent hostile = TestEvent.Parse(System.Text.Json.JsonSerializer.Serialize(new { event_type = "a\r\nb\0c\u007f", context = new { user = text } }));

        string summary = Summary(hostile);

        Assert.StartsWith("a  b c  (Info) by \u20ac", summary, StringComparison.Ordinal);
        Assert.InRange(summary.Length, 200, 1000);
    }

    private static string KeyOf(AuditEvent auditEvent) => AlertKey.Of(new OutboundEvent(auditEvent, "log", default), limit: 100);

    private static string Groups(AuditEvent auditEvent)
    {
        Span<byte> line = stackalloc byte[AlertGroups.MaxBytes];
        return Encoding.UTF8.GetString(line[..AlertGroups.Write(new Alert(auditEvent).Groups, line)]);
    }

    private static string Summary(AuditEvent auditEvent)
    {
        var output = new ArrayBufferWriter<byte>();
        AlertSummary.Write(auditEvent, output);
        return Encoding.UTF8.GetString(output.WrittenSpan);
    }
}
