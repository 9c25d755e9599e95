using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using AuditHost.Formats.Leef;
using AuditHost.Plugins.Tests.Formats;
using AuditHost.Sdk;
using AuditHost.Sdk.Testing;
using SampleEvents = AuditHost.Plugins.Tests.Formats.SampleEvents;

namespace AuditHost.Plugins.Tests.Leef;

public sealed class LeefFormatterTests
{
    private static readonly IEventFormatter Formatter = Create("""{"delimiter":"^"}""");

    [Fact]
    public void Security_event_is_written_with_every_attribute_in_its_place()
    {
        string[] expected =
        [
            "LEEF:2.0|Copybook-rs|Enterprise Audit System|0.4.3|SECURITY_EVENT|^|devTime=1774939933368^cat=DataBreach^sev=8",
            "eventId=audit-1774939933368200234-5754c6bdae8472ee", "usrName=cli_user", "resource=dataset:PATIENT.MASTER", "identHostName=cbproc-01",
            "operationId=cli_audit_operation", "classification=PHI", "complianceProfiles=HIPAA",
            "integrityHash=bcc3a1e1bf10cdcb9c3bc953d3b2fe88e8e271060702d590a477ce9e7fdc78d8",
            "previousHash=538b94d6c6bfacf6aaaa7faf02bb21daf03c7b32e2b9735e09a2dd9b965afd81", "eventSource=copybook-core::security", "processId=41207",
            "findingSeverity=critical", "incidentId=SEC-INC-1774939932118204511", "threatIndicators=7 failed accesses in one window",
            "remediationActions=lock the account", "sequence=6",
        ];
        Assert.Equal(string.Join('^', expected), Formatter.Render(SampleEvents.Parse(5)));
    }

    [Theory]
    [InlineData(0, "COPYBOOK_PARSE", "SuccessWithWarnings", "3", "resource", "schemas/customer.cpy")]
    [InlineData(1, "DATA_VALIDATION", "Invalid", "5", "resource", "/data/in/customer.bin")]
    [InlineData(2, "DATA_TRANSFORMATION", "Success", "1", "outputFile", "/data/out/customer.jsonl")]
    [InlineData(3, "PERFORMANCE_MEASUREMENT", "SignificantRegression", "5", "regressionDetected", "true")]
    [InlineData(4, "COMPLIANCE_CHECK", "NonCompliant", "8", "policy", "SOX, PciDss")]
    [InlineData(4, "COMPLIANCE_CHECK", "NonCompliant", "8", "violationCount", "1")]
    [InlineData(5, "SECURITY_EVENT", "DataBreach", "8", "resource", "dataset:PATIENT.MASTER")]
    [InlineData(6, "LINEAGE_TRACKING", "medium", "1", "resource", "warehouse")]
    [InlineData(7, "ERROR_EVENT", "record_format", "10", "errorMessage", "record framing lost: \"RDW\" looks like ASCII at block 7")]
    [InlineData(8, "ACCESS_EVENT", "Denied", "5", "src", "10.20.30.40")]
    [InlineData(8, "ACCESS_EVENT", "Denied", "5", "usrName", "jmüller")]
    [InlineData(8, "ACCESS_EVENT", "Denied", "5", "operatorName", "batch_svc")]
    [InlineData(9, "CONFIGURATION_CHANGE", "Update", "5", "resource", "dialect")]
    public void Each_type_has_its_event_id_category_and_keys(int index, string eventId, string category, string severity, string key, string value)
    {
        LeefLine line = LeefLine.Parse(Formatter.Render(SampleEvents.Parse(index)));

        Assert.Equal((eventId, category, severity), (line.EventId, line["cat"], line["sev"]));
        Assert.Equal(value, line[key]);
        Assert.Equal("cbproc-01", line["identHostName"]);
        Assert.Equal($"{index + 1}", line["sequence"]);
        Assert.Null(line["truncated"]);
        using JsonDocument sample = JsonDocument.Parse(SampleEvents.Lines[index]);
        Assert.Equal(sample.RootElement.GetProperty("event_id").GetString(), line["eventId"]);
        DateTimeOffset time = DateTimeOffset.Parse(sample.RootElement.GetProperty("timestamp").GetString()!, CultureInfo.InvariantCulture);
        Assert.Equal(time.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture), line["devTime"]);
    }

    [Fact]
    public void Keys_of_our_own_never_collide_with_predefined_ones_and_none_stands_twice()
    {
        string[] common = ["devTime", "cat", "sev", "eventId", "isLoginEvent", "identHostName", "operationId", "classification", "complianceProfiles", "integrityHash", "previousHash", "eventSource", "processId", "truncated", "sequence"];
        foreach (LeefEventClass eventClass in LeefEventClass.All)
        {
            string[] predefined = [.. eventClass.Predefined.Select(field => Encoding.ASCII.GetString(field.Key))];
            string[] details = [.. eventClass.Details.Select(field => Encoding.ASCII.GetString(field.Key))];

            Assert.All(predefined, key => Assert.Contains(key, LeefLine.Predefined));
            Assert.All(details, key => Assert.DoesNotContain(key, LeefLine.Predefined, StringComparer.OrdinalIgnoreCase));
            Assert.Distinct([.. common, .. predefined, .. details], StringComparer.OrdinalIgnoreCase);
        }

        string[] own = ["eventId", "operationId", "classification", "complianceProfiles", "integrityHash", "previousHash", "eventSource", "processId", "truncated", "sequence"];
        Assert.All(own, key => Assert.DoesNotContain(key, LeefLine.Predefined, StringComparer.OrdinalIgnoreCase));
    }

    [Theory]
    [InlineData("Info", "1")]
    [InlineData("Low", "3")]
    [InlineData("Medium", "5")]
    [InlineData("High", "8")]
    [InlineData("Critical", "10")]
    public void Severity_is_a_number_from_1_to_10(string severity, string expected) =>
        Assert.Equal(expected, Render($$"""{"event_id":"e","event_type":"x","severity":"{{severity}}"}""")["sev"]);

    [Theory]
    [InlineData("UserLogin", "isLoginEvent")]
    [InlineData("USER_LOGIN", "isLoginEvent")]
    [InlineData("logon", "isLoginEvent")]
    [InlineData("Logout", "isLogoutEvent")]
    [InlineData("user_logout", "isLogoutEvent")]
    [InlineData("LoginPageChanged", null)]
    public void Login_and_logout_are_marked(string type, string? key)
    {
        LeefLine line = LeefLine.Parse(Formatter.Render(Rendering.Event(type)));

        Assert.Equal(key is "isLoginEvent" ? "true" : null, line["isLoginEvent"]);
        Assert.Equal(key is "isLogoutEvent" ? "true" : null, line["isLogoutEvent"]);
        Assert.Equal(type, line.EventId);
    }

    [Fact]
    public void Refused_login_among_security_events_is_marked() =>
        Assert.Equal("true", Render("""{"event_id":"e","event_type":"SecurityEvent","payload":{"data":{"security_event_type":"AuthenticationFailure"}}}""")["isLoginEvent"]);

    [Theory]
    [InlineData("192.0.2.10", "192.0.2.10")]
    [InlineData("2001:db8::1", "2001:db8::1")]
    [InlineData("::ffff:192.0.2.1", "::ffff:192.0.2.1")]
    [InlineData("127.1", null)]
    [InlineData("7", null)]
    [InlineData("0x7f.0.0.1", null)]
    [InlineData("fe80::1%eth0", null)]
    [InlineData("[::1]", null)]
    [InlineData("app01.example", null)]
    [InlineData("", null)]
    public void Source_is_an_address_or_missing(string address, string? expected) =>
        Assert.Equal(expected, Render("""{"event_id":"e","event_type":"AccessEvent","payload":{"data":{"source_ip":"*"}}}""".Replace("*", address))["src"]);

    [Theory]
    [InlineData("1970-01-01T00:00:01.5Z", "0000000001500")]
    [InlineData("2001-01-01T00:00:00Z", "0978307200000")]
    [InlineData("2026-03-31T08:52:12.003999999+02:00", "1774939932003")]
    [InlineData("2286-11-20T17:46:39.999Z", "9999999999999")]
    [InlineData("2286-11-20T17:46:40Z", null)]
    [InlineData("1969-12-31T23:59:59Z", null)]
    public void Time_has_13_digits_or_is_left_to_the_receiver(string time, string? expected) =>
        Assert.Equal(expected, Render($$"""{"event_id":"e","event_type":"x","timestamp":"{{time}}"}""")["devTime"]);

    [Fact]
    public void Event_of_nothing_but_an_id_has_a_header_and_what_is_needed()
    {
        string line = Create("{}").Render(TestEvent.Parse("""{"event_id":"e-1","timestamp":"2026-03-31T06:52:12Z"}"""));

        Assert.Equal("LEEF:2.0|Copybook-rs|Enterprise Audit System|1.0|AuditEvent|x09|devTime=1774939932000\tcat=Audit\tsev=1\teventId=e-1\tsequence=1", line);
    }

    [Fact]
    public void Version_1_has_five_parts_and_tab()
    {
        IEventFormatter formatter = Create("""{"version":"1.0","vendor":"Corp","product":"App","product_version":"7"}""");

        Assert.Equal(
            "LEEF:1.0|Corp|App|7|x|devTime=1774939932000\tcat=Audit\tsev=1\teventId=e-1\tusrName=u\tclassification=c\tsequence=1",
            formatter.Render(Rendering.Event("x")));
    }

    [Theory]
    [InlineData("x5E", '^', "x5E")]
    [InlineData("0x5e", '^', "0x5e")]
    [InlineData("x005E", '^', "x005E")]
    [InlineData("^", '^', "^")]
    [InlineData("~", '~', "~")]
    [InlineData("x7C", '|', "x7C")]
    [InlineData("x1", '\u0001', "x1")]
    [InlineData("\\t", '\t', "x09")]
    public void Delimiter_is_a_character_or_its_code(string setting, char delimiter, string inHeader)
    {
        LeefLine line = LeefLine.Parse(Create($$"""{"delimiter":"{{setting}}"}""").Render(Rendering.Event("x", user: $"a{(delimiter == '\u0001' ? "" : delimiter)}b|c")));

        Assert.Equal(delimiter, line.Delimiter);
        Assert.Equal(delimiter == '|' ? "a b c" : delimiter == '\u0001' ? "ab|c" : "a b|c", line["usrName"]);
        Assert.Contains($"|{inHeader}|devTime=", Create($$"""{"delimiter":"{{setting}}"}""").Render(Rendering.Event("x")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(@"a|b", "a b", "a|b")]
    [InlineData("a\r\nb\tc\0d\u007Fe", "a  b c d e", "a  b c d e")]
    [InlineData("a^b=c\\d", "a^b=c\\d", "a b=c\\d")]
    [InlineData("x\n<110>forged LEEF:2.0|a|b|", "x <110>forged LEEF:2.0 a b ", "x <110>forged LEEF:2.0|a|b|")]
    public void What_a_place_cannot_hold_becomes_a_space(string text, string inHeader, string inValue)
    {
        LeefLine line = LeefLine.Parse(Formatter.Render(Rendering.Event(text, user: text)));

        Assert.Equal(inHeader, line.EventId);
        Assert.Equal(inValue, line["usrName"]);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Random_texts_read_back_but_for_their_spaces(bool escaped)
    {
        int seed = Random.Shared.Next();
        TestContext.Current.SendDiagnosticMessage($"seed {seed}");
        var random = new Random(seed);
        for (int round = 0; round < 2000; round++)
        {
            string text = RandomText(random);
            LeefLine line = LeefLine.Parse(Formatter.Render(Rendering.Event(text, user: text, classification: text, escaped)));

            Assert.True(Without(text, '|') == line.EventId, $"seed {seed}, round {round}");
            Assert.True(Without(text, '^') == line["usrName"], $"seed {seed}, round {round}");
            Assert.True(Without(text, '^') == line["classification"], $"seed {seed}, round {round}");
        }
    }

    [Fact]
    public void Names_are_cut_at_255_bytes_and_never_inside_a_character()
    {
        LeefLine line = LeefLine.Parse(Formatter.Render(Rendering.Event(new string('t', 300), user: "x" + new string('ü', 200))));

        Assert.Equal(new string('t', 255), line.EventId);
        Assert.Equal("x" + new string('ü', 127), line["usrName"]);
    }

    [Fact]
    public void Shortage_takes_the_last_attributes_first_the_same_way_each_time_and_says_so()
    {
        string json = SampleEvents.Lines[8];
        string whole = Create("""{"delimiter":"^","max_payload_bytes":32767}""").Render(TestEvent.Parse(json, 9));
        string[] attributes = [.. LeefLine.Parse(whole).Attributes.SkipLast(1).Select(attribute => $"{attribute.Key}={attribute.Value}")];
        for (int limit = 1024; limit < 1024 + whole.Length; limit += 7)
        {
            IEventFormatter formatter = Create($$"""{"delimiter":"^","max_payload_bytes":{{limit}}}""");
            string line = formatter.Render(TestEvent.Parse(json, 9));
            LeefLine parsed = LeefLine.Parse(line);

            Assert.InRange(Encoding.UTF8.GetByteCount(line), 1, limit - 320);
            Assert.Equal(line, formatter.Render(TestEvent.Parse(json, 9)));
            Assert.Equal("9", parsed["sequence"]);
            bool isCut = Encoding.UTF8.GetByteCount(whole) > limit - 320 - "^truncated=true".Length;
            if (line == whole)
                continue;
            Assert.True(isCut, $"limit {limit}");
            Assert.Equal("true", parsed["truncated"]);
            string[] kept = [.. parsed.Attributes.SkipLast(2).Select(attribute => $"{attribute.Key}={attribute.Value}")];
            Assert.Equal(attributes[..(kept.Length - 1)], kept[..^1]);
            Assert.StartsWith(kept[^1], attributes[kept.Length - 1], StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("operation_id", 1023, null)]
    [InlineData("operation_id", 1024, "true")]
    [InlineData("user", 255, null)]
    [InlineData("user", 256, "true")]
    public void Value_longer_than_its_key_takes_is_cut_and_marked(string member, int length, string? truncated)
    {
        LeefLine line = Render($$$"""{"event_id":"e","event_type":"x","context":{"{{{member}}}":"{{{new string('v', length)}}}"}}""");

        Assert.Equal(truncated, line["truncated"]);
        Assert.Equal("1", line["sequence"]);
    }

    [Fact]
    public void Event_id_that_is_too_long_is_cut_and_marked()
    {
        LeefLine line = Render($$"""{"event_id":"{{new string('i', 256)}}","event_type":"x"}""");

        Assert.Equal((new string('i', 255), "true"), (line["eventId"], line["truncated"]));
    }

    [Fact]
    public void Cut_events_keep_what_names_them()
    {
        JsonObject json = JsonNode.Parse(SampleEvents.Lines[8])!.AsObject();
        json["payload"]!["data"]!["user_id"] = new string('ü', 50_000);
        json["payload"]!["data"]!["resource_id"] = new string('r', 50_000);
        json["context"]!["environment"]!["hostname"] = new string('h', 50_000);
        string line = Create("""{"max_payload_bytes":1024}""").Render(TestEvent.Parse(json.ToJsonString(), ulong.MaxValue));
        LeefLine parsed = LeefLine.Parse(line);

        Assert.InRange(Encoding.UTF8.GetByteCount(line), 700, 704);
        Assert.Equal("true", parsed["truncated"]);
        Assert.Equal("audit-1774939934118200267-f50dc4c2f035d6b6", parsed["eventId"]);
        Assert.Equal($"{ulong.MaxValue}", parsed["sequence"]);
        Assert.Equal("ACCESS_EVENT", parsed.EventId);
    }

    private static LeefLine Render(string json) => LeefLine.Parse(Formatter.Render(TestEvent.Parse(json)));

    private static IEventFormatter Create(string settings) => Rendering.Create(new LeefFormatterFactory(), settings);

    private static string Without(string text, char separator) =>
        string.Concat(text.Select(character => character is < ' ' or '\u007F' || character == separator ? ' ' : character));

    private static string RandomText(Random random)
    {
        const string Dangerous = "\\|=^\r\n\t \"x09";

        // The header's parts must not be blank, so each begins with a letter.
        var text = new StringBuilder("a");
        for (int length = random.Next(1, 50); length > 0; length--)
        {
            if (random.Next(3) == 0)
            {
                text.Append(Dangerous[random.Next(Dangerous.Length)]);
                continue;
            }

            int code = random.Next(random.Next(2) == 0 ? 0x80 : 0x110000);
            text.Append(Rune.IsValid(code) ? new Rune(code).ToString() : "\uFFFD");
        }

        return text.ToString();
    }
}
