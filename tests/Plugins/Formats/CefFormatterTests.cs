using AuditHost.Formats.Cef;
using AuditHost.Sdk;
using AuditHost.Sdk.Testing;

namespace AuditHost.Plugins.Tests.Formats;

public sealed class CefFormatterTests
{
    private static readonly IEventFormatter Formatter = Rendering.Create(new CefFormatterFactory());

    [Fact]
    public void Security_event_is_written_with_its_resources_under_a_label()
    {
        string[] expected =
        [
            "CEF:0|Copybook-rs|Enterprise Audit System|0.4.3|SECURITY:EVENT|Security Event|8|",
            "start=1774939933368 end=1774939933368 suser=cli_user dvchost=cbproc-01 dvcpid=41207 ",
            "deviceProcessName=copybook-rs deviceVersion=0.4.3 act=DataBreach ",
            "cs6Label=Affected Resources cs6=dataset:PATIENT.MASTER ",
            "cs2Label=Data Classification cs2=PHI cs3Label=Active Compliance Profiles cs3=HIPAA ",
            "cs4Label=Integrity Hash cs4=bcc3a1e1bf10cdcb9c3bc953d3b2fe88e8e271060702d590a477ce9e7fdc78d8 ",
            "cs5Label=Previous Hash cs5=538b94d6c6bfacf6aaaa7faf02bb21daf03c7b32e2b9735e09a2dd9b965afd81 ",
            "auditEventId=audit-1774939933368200234-5754c6bdae8472ee rt=1774940400250",
        ];
        Assert.Equal(string.Concat(expected), Formatter.Render(SampleEvents.Parse(5)));
    }

    [Fact]
    public void Compliance_check_counts_its_violations()
    {
        string[] expected =
        [
            "CEF:0|Copybook-rs|Enterprise Audit System|0.4.3|COMPLIANCE:CHECK|Compliance Validation Check|8|",
            "start=1774939933118 end=1774939933118 suser=batch_svc dvchost=cbproc-01 dvcpid=41207 ",
            "deviceProcessName=copybook-rs deviceVersion=0.4.3 act=Compliance Check ",
            "cs1Label=Compliance Profiles cs1=SOX,PciDss cn1Label=Violations Found cn1=1 ",
            "cs2Label=Data Classification cs2=MaterialTransaction cs3Label=Active Compliance Profiles cs3=SOX,PciDss ",
            "cs4Label=Integrity Hash cs4=538b94d6c6bfacf6aaaa7faf02bb21daf03c7b32e2b9735e09a2dd9b965afd81 ",
            "cs5Label=Previous Hash cs5=5925830523633c8f01994f369d74ee46feabbda8f64575689cb726e3fec6774b ",
            "auditEventId=audit-1774939933118200223-71e84654d13aeb17 rt=1774940400250",
        ];
        Assert.Equal(string.Concat(expected), Formatter.Render(SampleEvents.Parse(4)));
    }

    [Theory]
    [MemberData(nameof(SampleEvents.Indexes), MemberType = typeof(SampleEvents))]
    public void Sample_event_is_written_as_its_golden_line(int index)
    {
        Assert.Equal(SampleEvents.ReadLines("chain10.cef.golden")[index], Formatter.Render(SampleEvents.Parse(index)));
    }

    [Theory]
    [MemberData(nameof(SampleEvents.Indexes), MemberType = typeof(SampleEvents))]
    public void Sample_event_reads_back_with_a_label_for_each_custom_field(int index)
    {
        CefLine line = CefLine.Parse(Formatter.Render(SampleEvents.Parse(index)));

        string[] custom = [.. line.Extensions.Keys.Where(static key => key.Length == 3 && key.StartsWith('c') && char.IsDigit(key[2]))];
        Assert.NotEmpty(custom);
        Assert.All(custom, key => Assert.Contains($"{key}Label", line.Extensions));
    }

    [Fact]
    public void Unknown_type_serves_as_signature_name_and_action()
    {
        CefLine line = CefLine.Parse(Formatter.Render(Rendering.Event("user|login")));

        Assert.Equal("user|login", line.Header[4]);
        Assert.Equal("user|login", line.Header[5]);
        Assert.Equal("user|login", line.Extensions["act"]);
        Assert.Equal("1.0", line.Header[3]);
    }

    [Fact]
    public void Values_the_event_does_not_have_are_left_out_with_their_keys()
    {
        AuditEvent bare = TestEvent.Parse("""{"event_id":"e-1","timestamp":"2026-03-31T06:52:12Z","event_type":"x","context":{"user":"","compliance_profiles":[]}}""");

        string[] keys = ["start", "end", "deviceProcessName", "act", "externalId", "auditEventId", "rt"];
        Assert.Equal(keys, CefLine.Parse(Formatter.Render(bare)).Extensions.Keys);
    }

    [Theory]
    [InlineData(40, true)]
    [InlineData(41, false)]
    public void External_id_is_written_only_when_the_whole_id_fits(int length, bool expected)
    {
        string id = new('i', length);
        AuditEvent auditEvent = TestEvent.Parse($$"""{"event_id":"{{id}}","timestamp":"2026-03-31T06:52:12Z","event_type":"x"}""");

        CefLine line = CefLine.Parse(Formatter.Render(auditEvent));

        Assert.Equal(expected, line.Extensions.ContainsKey("externalId"));
        Assert.Equal(id, line.Extensions["auditEventId"]);
    }

    [Theory]
    [InlineData("Info", "2")]
    [InlineData("Low", "4")]
    [InlineData("Medium", "6")]
    [InlineData("High", "8")]
    [InlineData("Critical", "10")]
    public void Severity_is_mapped(string severity, string expected)
    {
        AuditEvent auditEvent = TestEvent.Parse($$"""{"event_id":"e","timestamp":"2026-03-31T06:52:12Z","event_type":"x","severity":"{{severity}}"}""");

        Assert.Equal(expected, CefLine.Parse(Formatter.Render(auditEvent)).Header[6]);
    }

    [Fact]
    public void Count_beyond_the_range_of_its_key_is_left_out()
    {
        string json = """{"event_id":"e","timestamp":"2026-03-31T06:52:12Z","event_type":"DataValidation","payload":{"data":{"records_validated":2147483648}}}""";

        Assert.DoesNotContain("cnt", CefLine.Parse(Formatter.Render(TestEvent.Parse(json))).Extensions);
        Assert.Equal("2147483647", CefLine.Parse(Formatter.Render(TestEvent.Parse(json.Replace("648", "647")))).Extensions["cnt"]);
    }

    [Fact]
    public void Long_values_are_cut_before_the_character_that_does_not_fit()
    {
        string type = "a" + new string('é', 600);
        CefLine line = CefLine.Parse(Formatter.Render(Rendering.Event(type, user: new string('€', 400), classification: new string('=', 5000))));

        Assert.Equal("a" + new string('é', 511), line.Header[4]);
        Assert.Equal("a" + new string('é', 255), line.Header[5]);
        Assert.Equal("a" + new string('é', 31), line.Extensions["act"]);
        Assert.Equal(new string('€', 341), line.Extensions["suser"]);
        Assert.Equal(new string('=', 4000), line.Extensions["cs2"]);
    }

    [Fact]
    public void Settings_replace_what_stands_in_the_header()
    {
        IEventFormatter formatter = Rendering.Create(
            new CefFormatterFactory(),
            """{"version":1,"device_vendor":"A|B","device_product":"P\\Q","device_version":"9","device_process_name":"p=q"}""");

        string text = formatter.Render(SampleEvents.Parse(0));

        Assert.StartsWith(@"CEF:1|A\|B|P\\Q|9|COPYBOOK:PARSE|", text, StringComparison.Ordinal);
        Assert.Equal("p=q", CefLine.Parse(text).Extensions["deviceProcessName"]);
    }
}
