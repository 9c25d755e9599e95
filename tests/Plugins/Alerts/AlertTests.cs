using AuditHost.PluginKit.Alerts;
using AuditHost.Sdk.Testing;

namespace AuditHost.Plugins.Tests.Alerts;

public sealed class AlertTests
{
    [Fact]
    public void What_the_host_says_is_read()
    {
        var alert = new Alert(TestEvent.Parse(
            """{"event_id":"e","alert":{"action":"resolve","dedup_key":"k","group":"g","count":431,"total":1204,"first":"t1","last":"t2","groups":[1]}}"""));

        Assert.True(alert.Resolves);
        Assert.Equal((431, 1204), (alert.Count, alert.Total));
        Assert.Equal(
            ["k", "g", "t1", "t2", "[1]"], [alert.Key.ToString(), alert.Group.ToString(), alert.First.ToString(), alert.Last.ToString(), alert.Groups.ToString()]);
    }

    [Theory]
    [InlineData("""{"event_id":"e"}""")]
    [InlineData("""{"event_id":"e","alert":"loud"}""")]
    [InlineData("""{"event_id":"e","alert":null}""")]
    [InlineData("""{"event_id":"e","alert":{"count":9,"group":"g"}}""")]
    [InlineData("""{"event_id":"e","alert":{"action":"ring","count":9,"group":"g"}}""")]
    public void Without_its_word_it_is_one_event(string json)
    {
        var alert = new Alert(TestEvent.Parse(json));

        Assert.False(alert.Resolves || alert.Group.HasValue || alert.Groups.HasValue || alert.Key.HasValue);
        Assert.Equal((1, 1), (alert.Count, alert.Total));
    }

    [Theory]
    [InlineData("""{"action":"trigger"}""", 1, 1)]
    [InlineData("""{"action":"trigger","count":0,"total":-5}""", 1, 1)]
    [InlineData("""{"action":"trigger","count":9,"total":3}""", 9, 9)]
    [InlineData("""{"action":"trigger","count":"many","total":3}""", 1, 3)]
    public void Counts_make_sense(string member, int count, int total)
    {
        var alert = new Alert(TestEvent.Parse($$"""{"event_id":"e","alert":{{member}} }"""));

        Assert.Equal((count, total), (alert.Count, alert.Total));
    }

    [Theory]
    [InlineData("security_event_type", true)]
    [InlineData("error_code", true)]
    [InlineData("access_result", true)]
    [InlineData("validation_result", true)]
    [InlineData("change_type", true)]
    [InlineData("error_message", false)]
    public void What_happened_is_one_word(string member, bool isOne) => Assert.Equal(
        isOne ? "Denied" : string.Empty, AlertDetail.Of(TestEvent.Parse($$"""{"event_id":"e","payload":{"data":{"{{member}}":"Denied"} } }""")).ToString());
}
