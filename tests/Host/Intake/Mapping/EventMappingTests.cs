using System.Buffers;
using System.Text;
using AuditHost.Intake;
using AuditHost.Intake.Mapping;
using AuditHost.Sdk;

namespace AuditHost.Tests.Intake.Mapping;

public sealed class EventMappingTests
{
    private static readonly EventMapping Mapping = new(
        new MappedMember("event_id", "id"),
        new MappedMember("timestamp", "time"),
        new MappedMember("event_type", "action.name", "kind") { Default = "Other \"quoted\"" },
        new MappedMember("severity", "level") { Values = new Dictionary<string, string> { ["err"] = "High" }, Default = "Low" },
        new MappedMember("user", "actor.name"),
        new MappedMember("compliance_profiles", "profiles"));

    [Theory]
    [InlineData("""{"id":"a\n1"}""", """ "event_id":"a\n1" """)]
    [InlineData("""{"id":17}""", """ "event_id":17 """)]
    [InlineData("""{"time":"2026-11-27T10:00:00Z"}""", """ "timestamp":"2026-11-27T10:00:00Z" """)]
    [InlineData("""{"time":1795464000.5}""", """ "timestamp":1795464000.5 """)]
    [InlineData("""{"time":"1795464000.5"}""", """ "timestamp":1795464000.5 """)]
    [InlineData("""{"time":"1795464000123456789"}""", """ "timestamp":1795464000123456789 """)]
    [InlineData("""{"time":"01"}""", """ "timestamp":"01" """)]
    [InlineData("""{"time":"1."}""", """ "timestamp":"1." """)]
    [InlineData("""{"action":{"name":"login"},"kind":"k"}""", """ "event_type":"login" """)]
    [InlineData("""{"action":{"name":""},"kind":"k"}""", """ "event_type":"k" """)]
    [InlineData("""{"action":{"name":null},"kind":"k"}""", """ "event_type":"k" """)]
    [InlineData("""{"action":{"name":{"a":1}}}""", """ "event_type":"Other \"quoted\"" """)]
    [InlineData("""{"level":"ERR"}""", """ "severity":"High" """)]
    [InlineData("""{"level":"warning"}""", """ "severity":"warning" """)]
    [InlineData("""{"level":3}""", """ "severity":"3" """)]
    [InlineData("{}", """ "severity":"Low" """)]
    [InlineData("""{"actor":{"name":true}}""", """ "user":"true" """)]
    [InlineData("""{"profiles":["SOX","HIPAA"]}""", """ "compliance_profiles":["SOX","HIPAA"] """)]
    [InlineData("""{"profiles":"SOX"}""", """ "compliance_profiles":["SOX"] """)]
    public void A_member_gets_the_first_value_there_is(string original, string member)
    {
        string written = Write(Mapping, original);

        Assert.Contains(member.Trim() + ",", written, StringComparison.Ordinal);
        Assert.EndsWith($"\"original\":{original}}}", written, StringComparison.Ordinal);
        Assert.True(EventParser.TryParse(Encoding.UTF8.GetBytes(written), out _, out EventError? error), error?.Reason);
    }

    [Fact]
    public void What_is_not_said_is_left_out() =>
        Assert.Equal("""{"event_type":"Other \"quoted\"","severity":"Low","original":{}}""", Write(Mapping, "{}"));

    [Fact]
    public void The_envelope_is_found_in_it()
    {
        byte[] written = Encoding.UTF8.GetBytes(Write(Mapping, """{"id":"a","time":1795464000,"kind":"Login","level":"err","actor":{"name":"ann"}}"""));

        Assert.True(EventParser.TryParse(written, out EventIndex index, out _));

        Assert.Equal("a", index[EventField.Id].Read(written).ToString());
        Assert.Equal("Login", index[EventField.Type].Read(written).ToString());
        Assert.Equal("ann", index[EventField.User].Read(written).ToString());
        Assert.Equal(Severity.High, index.Severity);
        Assert.Equal(DateTimeOffset.FromUnixTimeSeconds(1795464000).Ticks, index.TimeTicks);
    }

    [Fact]
    public void A_site_maps_some_members_otherwise()
    {
        EventMapping own = Mapping.With([new MappedMember("user", "who"), new MappedMember("hostname", "box")]);

        Assert.Equal(
            """{"user":"ann","hostname":"b1","event_type":"k","severity":"Low","original":{"who":"ann","box":"b1","kind":"k","actor":{"name":"bob"}}}""",
            Write(own, """{"who":"ann","box":"b1","kind":"k","actor":{"name":"bob"}}"""));
    }

    private static string Write(EventMapping mapping, string original)
    {
        var output = new ArrayBufferWriter<byte>();
        mapping.Write(Encoding.UTF8.GetBytes(original), output);
        return Encoding.UTF8.GetString(output.WrittenSpan);
    }
}
