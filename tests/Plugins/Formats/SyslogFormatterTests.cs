using System.Buffers;
using System.Text;
using System.Text.RegularExpressions;
using AuditHost.Formats.Syslog;
using AuditHost.PluginKit.Syslog;
using AuditHost.Sdk;
using AuditHost.Sdk.Testing;

namespace AuditHost.Plugins.Tests.Formats;

public sealed partial class SyslogFormatterTests
{
    private static readonly IEventFormatter Formatter = Create("{}");
    private static readonly IEventFormatter Legacy = Create("""{"standard":"rfc3164","message":"summary"}""");

    [Fact]
    public void Rfc5424_carries_header_data_and_the_event()
    {
        string[] expected =
        [
            "<131>1 2026-03-31T06:52:13.368204Z cbproc-01 audithost 41207 SecurityEvent ",
            "[audit@32473 eventId=\"audit-1774939933368200234-5754c6bdae8472ee\" eventType=\"SecurityEvent\" severity=\"High\" sequence=\"6\"]",
            "[meta sequenceId=\"6\"] ",
            SampleEvents.Lines[5],
        ];
        Assert.Equal(string.Concat(expected), Formatter.Render(SampleEvents.Parse(5)));
    }

    [Fact]
    public void Rfc3164_carries_header_and_sentence()
    {
        Assert.Equal(
            "<131>Mar 31 06:52:13 cbproc-01 audithost[41207]: SecurityEvent (High) by cli_user on cbproc-01, "
            + "operation cli_audit_operation, source copybook-core::security, classification PHI",
            Legacy.Render(SampleEvents.Parse(5)));
    }

    [Fact]
    public void Rfc3164_pads_the_day_with_a_space()
    {
        string text = Legacy.Render(TestEvent.Parse("""{"event_id":"e","timestamp":"2026-11-03T04:05:06Z","event_type":"x","context":{"environment":{"hostname":"h"}}}"""));

        Assert.Equal("<134>Nov  3 04:05:06 h audithost: x (Info) on h", text);
    }

    [Theory]
    [MemberData(nameof(SampleEvents.Indexes), MemberType = typeof(SampleEvents))]
    public void Sample_event_is_written_as_its_golden_line(int index)
    {
        IEventFormatter formatter = Create("""{"message":"summary"}""");

        Assert.Equal(SampleEvents.ReadLines("chain10.rfc5424.golden")[index], formatter.Render(SampleEvents.Parse(index)));
        Assert.Equal(SampleEvents.ReadLines("chain10.rfc3164.golden")[index], Legacy.Render(SampleEvents.Parse(index)));
    }

    [Theory]
    [MemberData(nameof(SampleEvents.Indexes), MemberType = typeof(SampleEvents))]
    public void Sample_event_follows_the_grammar(int index)
    {
        AuditEvent auditEvent = SampleEvents.Parse(index);
        Rfc5424Message message = Rfc5424Message.Parse(Formatter.Render(auditEvent));

        Assert.Equal(["audit@32473", "meta"], message.DataIds);
        Assert.Equal(auditEvent.Id.ToString(), message.Parameters["eventId"]);
        Assert.Equal(SampleEvents.Lines[index], message.Message);
        Assert.Matches(Rfc3164(), Legacy.Render(auditEvent));
    }

    [Theory]
    [InlineData("Info", 134)]
    [InlineData("Low", 133)]
    [InlineData("Medium", 132)]
    [InlineData("High", 131)]
    [InlineData("Critical", 130)]
    public void Severity_and_facility_make_the_priority(string severity, int expected)
    {
        AuditEvent auditEvent = TestEvent.Parse($$"""{"event_id":"e","timestamp":"2026-03-31T06:52:12Z","event_type":"x","severity":"{{severity}}"}""");

        Assert.Equal(expected, Rfc5424Message.Parse(Formatter.Render(auditEvent)).Priority);
        Assert.Equal(expected - ((16 - 10) * 8), Rfc5424Message.Parse(Create("""{"facility":"authpriv"}""").Render(auditEvent)).Priority);
    }

    [Theory]
    [InlineData("\"kern\"", 6)]
    [InlineData("\"LOCAL7\"", 190)]
    [InlineData("13", 110)]
    [InlineData("\"13\"", 110)]
    public void Facility_is_a_name_or_a_number(string facility, int expected)
    {
        IEventFormatter formatter = Create($$"""{"facility":{{facility}}}""");

        Assert.Equal(expected, Rfc5424Message.Parse(formatter.Render(Rendering.Event("x"))).Priority);
    }

    [Fact]
    public void Hostile_values_stay_inside_their_parameters_and_on_their_line()
    {
        string type = "a\"] [x\\y]=\r\n\0é" + new string('z', 40);
        Rfc5424Message message = Rfc5424Message.Parse(Create("""{"message":"summary"}""").Render(Rendering.Event(type, user: "eve\n<134>1 forged")));

        Assert.Equal("a\"] [x\\y]=   é" + new string('z', 40), message.Parameters["eventType"]);
        Assert.Equal("a\"][x\\y]=" + new string('z', 23), message.MessageId);
        Assert.Contains(" by eve <134>1 forged", message.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_character_of_a_parameter_reads_back()
    {
        for (int code = 0; code < 0x3000; code++)
        {
            string type = $"a{(char)code}b";
            string expected = code is < 0x20 or 0x7F ? "a b" : type;
            Assert.Equal(expected, Rfc5424Message.Parse(Formatter.Render(Rendering.Event(type, escaped: true))).Parameters["eventType"]);
        }
    }

    [Fact]
    public void Event_without_host_process_or_type_gets_the_machine_and_nil_values()
    {
        Rfc5424Message message = Rfc5424Message.Parse(Formatter.Render(Rendering.Event("é")));

        Assert.Equal(Environment.MachineName, message.Host);
        Assert.Equal("-", message.Process);
        Assert.Equal("-", message.MessageId);
    }

    [Fact]
    public void Settings_replace_what_stands_in_the_header()
    {
        string settings = """{"app_name":"my-app.1","hostname":"relay.example","enterprise_number":4711,"bom":true}""";
        Rfc5424Message message = Rfc5424Message.Parse(Create(settings).Render(SampleEvents.Parse(0)));

        Assert.Equal("my-app.1", message.AppName);
        Assert.Equal("relay.example", message.Host);
        Assert.Equal("audit@4711", message.DataIds[0]);
        Assert.Equal("\uFEFF" + SampleEvents.Lines[0], message.Message);
        Assert.Contains(
            " relay.example myapp1[41207]: {",
            Create("""{"standard":"rfc3164","app_name":"my-app.1","hostname":"relay.example"}""").Render(SampleEvents.Parse(0)),
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0UL, 1UL)]
    [InlineData(1UL, 1UL)]
    [InlineData(2147483647UL, 2147483647UL)]
    [InlineData(2147483648UL, 1UL)]
    [InlineData(ulong.MaxValue, 3UL)]
    public void Sequence_id_starts_again_at_one(ulong sequence, ulong expected)
    {
        var options = new SyslogOptions(SyslogFacility.Audit, "a");
        var output = new ArrayBufferWriter<byte>();
        SyslogHeaderWriter.Write5424(TestEvent.Parse("""{"event_id":"e","event_type":"x"}""", sequence), in options, output);
        Rfc5424Message message = Rfc5424Message.Parse(Encoding.UTF8.GetString(output.WrittenSpan));

        Assert.Equal($"{expected}", message.Parameters["sequenceId"]);
        Assert.Equal($"{sequence}", message.Parameters["sequence"]);
    }

    private static IEventFormatter Create(string settings) => Rendering.Create(new SyslogFormatterFactory(), settings);

    [GeneratedRegex(@"\A<1[0-9]{2}>(Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) ( [1-9]|[123][0-9]) [0-9:]{8} [!-~]+ [A-Za-z0-9]{1,32}(\[[0-9]+\])?: [^\r\n]*\z")]
    private static partial Regex Rfc3164();
}
