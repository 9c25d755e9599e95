using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using AuditHost.Fakes.Graylog;
using AuditHost.Formats.Gelf;
using AuditHost.Plugins.Tests.Formats;
using AuditHost.Sdk;
using AuditHost.Sdk.Testing;
using SampleEvents = AuditHost.Plugins.Tests.Formats.SampleEvents;

namespace AuditHost.Plugins.Tests.Gelf;

public sealed class GelfFormatterTests
{
    private static readonly IEventFormatter Formatter = Create("{}");

    [Fact]
    public void Access_event_is_written_with_every_member_in_its_place()
    {
        string[] expected =
        [
            """{"version":"1.1","host":"cbproc-01","short_message":"AccessEvent (Medium) by batch_svc on cbproc-01","timestamp":1774939934.118,"level":4,""",
            "\"_event_id\":\"audit-1774939934118200267-f50dc4c2f035d6b6\",\"_event_type\":\"AccessEvent\",\"_event_severity\":\"Medium\",",
            "\"_event_source\":\"copybook-core::access\",\"_user\":\"batch_svc\",\"_operation_id\":\"access_0331\",\"_classification\":\"PHI\",",
            "\"_compliance_profiles\":\"HIPAA\",\"_integrity_hash\":\"577c667cbad3162329ce0657460ad68e9300928e59b934f41e38a13c868e53da\",",
            "\"_previous_hash\":\"1d171209d4cc375c81ee7a7fe33365c193feade18bbfc45059e56a7c0aa2d1fc\",\"_process_id\":41207,\"_sequence\":9,",
            "\"_payload_access_type\":\"Read\",\"_payload_resource_type\":\"dataset\",\"_payload_resource_id\":\"PATIENT.MASTER\",",
            "\"_payload_access_result\":\"Denied\",\"_payload_user_id\":\"jmüller\",\"_payload_source_ip\":\"10.20.30.40\",\"_payload_session_id\":\"sess-7781\"}",
        ];
        Assert.Equal(string.Concat(expected), Formatter.Render(SampleEvents.Parse(8)));
    }

    [Theory]
    [MemberData(nameof(SampleEvents.Indexes), MemberType = typeof(SampleEvents))]
    public void Sample_event_is_gelf_and_names_itself(int index)
    {
        GelfMessage message = GelfMessage.Parse(Formatter.Render(SampleEvents.Parse(index)));
        using JsonDocument sample = JsonDocument.Parse(SampleEvents.Lines[index]);

        Assert.Equal(sample.RootElement.GetProperty("event_id").GetString(), message["_event_id"]);
        DateTimeOffset time = DateTimeOffset.Parse(sample.RootElement.GetProperty("timestamp").GetString()!, CultureInfo.InvariantCulture);
        Assert.Equal((time.ToUnixTimeMilliseconds() / 1000m).ToString("F3", CultureInfo.InvariantCulture), message["timestamp"]);
        Assert.Null(message["full_message"]);
    }

    [Fact]
    public void Payload_becomes_fields_of_text_and_numbers()
    {
        GelfMessage performance = GelfMessage.Parse(Formatter.Render(SampleEvents.Parse(3)));
        GelfMessage security = GelfMessage.Parse(Formatter.Render(SampleEvents.Parse(5)));

        Assert.Equal(("45.0", JsonValueKind.Number), (performance["_payload_metrics_cpu_usage_percent"], performance.KindOf("_payload_metrics_cpu_usage_percent")));
        Assert.Equal(("true", JsonValueKind.String), (performance["_payload_regression_detected"], performance.KindOf("_payload_regression_detected")));
        Assert.Equal("dataset:PATIENT.MASTER", security["_payload_affected_resources"]);
    }

    [Fact]
    public void Names_are_made_fit_and_none_stands_twice()
    {
        GelfMessage message = Render(
            """
            {"event_id":"e","payload":{"id":"x","a b":"first","a_b":"second","a\u0020b":3,"é":1,"":2,"n":null,"e":"","o":{"p":{"q":{"deep":1}},"r":[1,"two",true,null,{"x":1}]},
             "list":[],"objects":[{"a":1}],"big":18446744073709551615,"half":"a\ud800b","line":"1\n2"}}
            """);

        Assert.Equal("first", message["_payload_a_b"]);
        Assert.Equal("x", message["_payload_id"]);
        Assert.Equal("1,two,true", message["_payload_o_r"]);
        Assert.Equal("18446744073709551615", message["_payload_big"]);
        Assert.Equal("a\uFFFDb", message["_payload_half"]);
        Assert.Equal("1\n2", message["_payload_line"]);
        Assert.Equal(
            ["_payload_id", "_payload_a_b", "_payload___", "_payload_", "_payload_o_r", "_payload_big", "_payload_half", "_payload_line"],
            message.Names.Where(name => name.StartsWith("_payload", StringComparison.Ordinal)));
    }

    [Fact]
    public void Payload_gives_so_many_fields_and_no_more_and_each_so_long_and_no_longer()
    {
        string members = string.Join(',', Enumerable.Range(0, 5000).Select(number => $"\"m{number}\":\"{(number == 0 ? "x" + new string('ü', 30_000) : "v")}\""));
        GelfMessage message = Render("{\"event_id\":\"e\",\"payload\":{" + members + "}}");

        Assert.Equal(100, message.Names.Count(name => name.StartsWith("_payload_m", StringComparison.Ordinal)));
        Assert.Equal("x" + new string('ü', 16_382), message["_payload_m0"]);
        Assert.Equal(128, Assert.Single(Render("""{"event_id":"e","payload":{"*":1}}""".Replace("*", new string('n', 500))).Names, name => name.StartsWith("_payload", StringComparison.Ordinal)).Length);
    }

    [Theory]
    [InlineData("Info", "6")]
    [InlineData("Low", "5")]
    [InlineData("Medium", "4")]
    [InlineData("High", "3")]
    [InlineData("Critical", "2")]
    public void Severity_is_the_level_of_syslog(string severity, string expected) =>
        Assert.Equal(expected, Render($$"""{"event_id":"e","event_type":"x","severity":"{{severity}}"}""")["level"]);

    [Theory]
    [InlineData("1970-01-01T00:00:00.001Z", "0.001")]
    [InlineData("2026-03-31T06:52:12.003999Z", "1774939932.003")]
    [InlineData("9999-12-31T23:59:59.999Z", "253402300799.999")]
    [InlineData("1970-01-01T00:00:00Z", null)]
    [InlineData("1950-01-01T00:00:00Z", null)]
    public void Time_is_seconds_with_three_decimals_or_left_out(string time, string? expected) =>
        Assert.Equal(expected, Render($$"""{"event_id":"e","event_type":"x","timestamp":"{{time}}"}""")["timestamp"]);

    [Theory]
    [InlineData("""{"event_id":"e","event_type":"x"}""", "x (Info) on ")]
    [InlineData("""{"event_id":"e","context":{"user":" ","environment":{"hostname":" \t"}}}""", "AuditEvent (Info) on ")]
    [InlineData("""{"event_id":"e","context":{"environment":{"hostname":"\u2003\u2028"}}}""", "AuditEvent (Info) on ")]
    [InlineData("""{"event_id":"e","context":{"environment":{"hostname":"\f\u001f"}}}""", "AuditEvent (Info) on ")]
    public void Host_and_message_are_never_blank(string json, string start)
    {
        GelfMessage message = Render(json);

        Assert.Equal(Environment.MachineName, message["host"]);
        Assert.Equal(start + Environment.MachineName, message["short_message"]);
    }

    [Theory]
    [InlineData("9223372036854775807", JsonValueKind.Number)]
    [InlineData("9223372036854775808", JsonValueKind.String)]
    [InlineData("-1.5e300", JsonValueKind.Number)]
    [InlineData("0.30000000000000004", JsonValueKind.Number)]
    [InlineData("1e400", JsonValueKind.String)]
    [InlineData("1e-400", JsonValueKind.String)]
    [InlineData("0.12345678901234567891", JsonValueKind.String)]
    public void Number_that_graylog_could_not_hold_is_text(string number, JsonValueKind kind)
    {
        GelfMessage message = Render($$$"""{"event_id":"e","payload":{"n":{{{number}}}}}""");

        Assert.Equal((number, kind), (message["_payload_n"], message.KindOf("_payload_n")));
    }

    [Fact]
    public void Settings_bring_the_whole_event_and_leave_the_payload_out()
    {
        GelfMessage message = GelfMessage.Parse(Create("""{"full_message":true,"payload_fields":false}""").Render(SampleEvents.Parse(7)));

        Assert.Equal(SampleEvents.Lines[7], message["full_message"]);
        Assert.DoesNotContain(message.Names, name => name.StartsWith("_payload", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("short_message", "\"\"")]
    [InlineData("short_message", "7")]
    [InlineData("host", "\" \"")]
    [InlineData("version", "1.1")]
    [InlineData("timestamp", "\"1774939934.118\"")]
    [InlineData("level", "8")]
    [InlineData("_id", "\"x\"")]
    [InlineData("_a b", "1")]
    [InlineData("user", "\"no underscore\"")]
    [InlineData("_flag", "true")]
    [InlineData("_none", "null")]
    [InlineData("_object", "{}")]
    [InlineData("_large", "9223372036854775808")]
    [InlineData("_larger", "1e400")]
    public void The_reader_refuses_what_gelf_does_not_allow(string name, string value)
    {
        JsonObject message = JsonNode.Parse(Formatter.Render(SampleEvents.Parse(0)))!.AsObject();
        message[name] = JsonNode.Parse(value);

        Assert.Throws<FormatException>(() => GelfMessage.Parse(message.ToJsonString()));
    }

    private static GelfMessage Render(string json) => GelfMessage.Parse(Formatter.Render(TestEvent.Parse(json)));

    private static IEventFormatter Create(string settings) => Rendering.Create(new GelfFormatterFactory(), settings);
}
