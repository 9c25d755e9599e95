using System.Text.Json.Nodes;
using AuditHost.Formats.Ocsf;
using AuditHost.Plugins.Tests.Formats;
using AuditHost.Sdk;
using AuditHost.Sdk.Testing;
using SampleEvents = AuditHost.Plugins.Tests.Formats.SampleEvents;

namespace AuditHost.Plugins.Tests.Ocsf;

public sealed class OcsfFormatterTests
{
    private static readonly IEventFormatter Formatter = Rendering.Create(new OcsfFormatterFactory());

    public static TheoryData<string> Strange => [.. Sdk.Testing.SampleEvents.Json.Keys];

    [Fact]
    public void Access_event_is_written_with_every_member_in_its_place()
    {
        string[] expected =
        [
            """{"category_uid":6,"category_name":"Application Activity","class_uid":6005,"class_name":"Datastore Activity","activity_id":1,"activity_name":"Read",""",
            "\"type_uid\":600501,\"severity_id\":3,\"severity\":\"Medium\",\"time\":1774939934118,\"status_id\":2,\"status\":\"Failure\",\"status_detail\":\"Denied\",",
            "\"message\":\"AccessEvent (Medium) by batch_svc on cbproc-01\",\"metadata\":{\"version\":\"1.8.0\",\"uid\":\"audit-1774939934118200267-f50dc4c2f035d6b6\",",
            "\"sequence\":9,\"correlation_uid\":\"access_0331\",\"event_code\":\"AccessEvent\",\"log_name\":\"audit\",\"log_provider\":\"copybook-core::access\",",
            "\"original_time\":\"2026-03-31T06:52:14.118204588Z\",\"logged_time\":1774940400250,",
            "\"product\":{\"name\":\"Enterprise Audit System\",\"vendor_name\":\"Copybook-rs\",\"version\":\"0.4.3\"},",
            "\"tags\":[{\"name\":\"classification\",\"value\":\"PHI\"},{\"name\":\"compliance_profiles\",\"values\":[\"HIPAA\"]}]},",
            "\"actor\":{\"process\":{\"pid\":41207},\"user\":{\"name\":\"jmüller\",\"uid\":\"jmüller\"},\"app_name\":\"copybook-core::access\",",
            "\"session\":{\"uid\":\"sess-7781\"}},\"src_endpoint\":{\"ip\":\"10.20.30.40\"},\"type_id\":2,\"type\":\"Databucket\",",
            "\"databucket\":{\"name\":\"PATIENT.MASTER\",\"type_id\":99,\"type\":\"dataset\"},\"dst_endpoint\":{\"hostname\":\"cbproc-01\"},",
            "\"unmapped\":{\"operator\":\"batch_svc\",\"integrity_hash\":\"577c667cbad3162329ce0657460ad68e9300928e59b934f41e38a13c868e53da\",",
            "\"previous_hash\":\"1d171209d4cc375c81ee7a7fe33365c193feade18bbfc45059e56a7c0aa2d1fc\",",
            "\"payload\":{\"access_type\":\"Read\",\"resource_type\":\"dataset\",\"resource_id\":\"PATIENT.MASTER\",\"access_result\":\"Denied\",",
            "\"user_id\":\"jmüller\",\"source_ip\":\"10.20.30.40\",\"user_agent\":null,\"session_id\":\"sess-7781\"},\"metadata\":{}}}",
        ];
        Assert.Equal(string.Concat(expected), Formatter.Render(SampleEvents.Parse(8)));
    }

    [Theory]
    [MemberData(nameof(SampleEvents.Indexes), MemberType = typeof(SampleEvents))]
    public void Sample_event_is_ocsf_whatever_its_members_are(int index)
    {
        Assert.Empty(OcsfSchema.Check(Formatter.Render(SampleEvents.Parse(index))));
        Assert.All(EventVariants.Of(index), static variant => AssertIsOcsf(variant.Change, variant.Event));
    }

    [Fact]
    public void Access_of_every_kind_is_ocsf() => Assert.All(EventVariants.Accesses(), static variant => AssertIsOcsf(variant.Change, variant.Event));

    [Theory]
    [MemberData(nameof(Strange))]
    public void Strange_event_is_ocsf(string name) => AssertIsOcsf(name, Sdk.Testing.SampleEvents.Parse(name));

    [Theory]
    [InlineData(0, 600302, "Read", 1)]
    [InlineData(1, 600399, "Validate", 2)]
    [InlineData(2, 600399, "Decode", 1)]
    [InlineData(3, 600399, "Measure", 0)]
    [InlineData(4, 200301, "Create", 1)]
    [InlineData(5, 200401, "Create", 1)]
    [InlineData(6, 600399, "Track lineage", 0)]
    [InlineData(7, 600801, "General Error", 2)]
    [InlineData(8, 600501, "Read", 2)]
    [InlineData(9, 300403, "Update", 1)]
    public void Event_is_classified(int index, int type, string activity, int status)
    {
        JsonNode ocsf = JsonNode.Parse(Formatter.Render(SampleEvents.Parse(index)))!;

        Assert.Equal((type, activity, status), ((int)ocsf["type_uid"]!, (string?)ocsf["activity_name"], (int)ocsf["status_id"]!));
    }

    [Theory]
    [InlineData("dataset", "Read", 600501)]
    [InlineData("dataset", "Write", 600505)]
    [InlineData("database", "Delete", 600507)]
    [InlineData("table", "Admin", 600599)]
    [InlineData("file", "Read", 100102)]
    [InlineData("file", "Write", 100103)]
    [InlineData("file", "Delete", 100104)]
    [InlineData("file", "Execute", 100199)]
    [InlineData("program", "Read", 600302)]
    [InlineData("program", "Write", 600303)]
    [InlineData("program", "Delete", 600304)]
    [InlineData("program", "Execute", 600399)]
    public void Access_is_classified_by_what_was_accessed_and_how(string resource, string access, int type)
    {
        JsonNode ocsf = Render(8, data =>
        {
            data["resource_type"] = resource;
            data["access_type"] = access;
        });

        Assert.Equal(type, (int)ocsf["type_uid"]!);
        if (type % 100 == 99)
            Assert.Equal(access, (string?)ocsf["activity_name"]);
    }

    [Theory]
    [InlineData("Create", 300401)]
    [InlineData("Delete", 300404)]
    [InlineData("Import", 300499)]
    public void Change_is_classified_by_its_kind(string change, int type) =>
        Assert.Equal(type, (int)Render(9, data => data["change_type"] = change)["type_uid"]!);

    [Theory]
    [InlineData("/data/in/customer.bin", "customer.bin")]
    [InlineData(@"C:\data\nightly", "nightly")]
    [InlineData("customer.bin", "customer.bin")]
    [InlineData("/data/", "/data/")]
    public void File_has_its_path_and_a_name(string path, string name)
    {
        JsonNode file = Render(8, data =>
        {
            data["resource_type"] = "file";
            data["resource_id"] = path;
        })["file"]!;

        Assert.Equal((path, name), ((string?)file["path"], (string?)file["name"]));
    }

    [Fact]
    public void Failed_authentication_of_a_user_is_a_logon_that_failed()
    {
        JsonNode ocsf = Render(5, static data => data["security_event_type"] = "AuthenticationFailure");
        JsonNode nobody = Render(5, static data => data["security_event_type"] = "AuthenticationFailure", static context => context.Remove("user"));

        Assert.Equal((300201, 2, "cli_user"), ((int)ocsf["type_uid"]!, (int)ocsf["status_id"]!, (string?)ocsf["user"]!["name"]));
        Assert.Equal(("copybook-core::security", "cbproc-01"), ((string?)ocsf["service"]!["name"], (string?)ocsf["dst_endpoint"]!["hostname"]));
        Assert.Equal(200401, (int)nobody["type_uid"]!);
    }

    [Fact]
    public void Detection_says_what_was_found()
    {
        JsonNode ocsf = JsonNode.Parse(Formatter.Render(SampleEvents.Parse(5)))!;
        JsonNode info = ocsf["finding_info"]!;

        Assert.Equal(
            ["audit-1774939933368200234-5754c6bdae8472ee", "SEC-INC-1774939932118204511", "DataBreach", "DataBreach", "7 failed accesses in one window"],
            [(string?)info["uid"], (string?)info["uid_alt"], (string?)info["title"], (string?)info["types"]![0], (string?)info["desc"]]);
        Assert.Equal(("dataset:PATIENT.MASTER", 3), ((string?)ocsf["resources"]![0]!["name"], (int)ocsf["resources"]![0]!["role_id"]!));
        Assert.Equal(("lock the account", true), ((string?)ocsf["remediation"]!["desc"], (bool)ocsf["is_alert"]!));
    }

    [Theory]
    [InlineData("Compliant", 1, "Pass")]
    [InlineData("RequiresReview", 2, "Warning")]
    [InlineData("NonCompliant", 3, "Fail")]
    [InlineData("Perhaps", 0, "Unknown")]
    public void Compliance_has_a_status_and_a_check_for_each_violation(string result, int id, string status)
    {
        JsonNode ocsf = Render(4, data => data["validation_result"] = result)["compliance"]!;
        JsonNode check = ocsf["checks"]![0]!;

        Assert.Equal((id, status), ((int)ocsf["status_id"]!, (string?)ocsf["status"]));
        Assert.Equal(["SOX", "PciDss"], ocsf["standards"]!.AsArray().Select(static standard => (string)standard!));
        Assert.Equal(
            ("SOX-404-001", "SOX Section 404", 4, 3),
            ((string?)check["uid"], (string?)check["standards"]![0], (int)check["severity_id"]!, (int)check["status_id"]!));
    }

    [Theory]
    [InlineData("critical", 5, "Critical")]
    [InlineData("HIGH", 4, "High")]
    [InlineData("Low", 2, "Low")]
    [InlineData("grave", 99, "grave")]
    public void Severity_of_a_violation_is_free_text(string text, int id, string name)
    {
        JsonNode check = Render(4, data => data["violations"]![0]!["severity"] = text)["compliance"]!["checks"]![0]!;

        Assert.Equal((id, name), ((int)check["severity_id"]!, (string?)check["severity"]));
    }

    [Fact]
    public void Frameworks_serve_where_no_profiles_are_named() => Assert.Equal(
        "SOX, PciDss",
        (string?)Render(4, static _ => { }, static context => context.Remove("compliance_profiles"))["compliance"]!["standards"]![0]);

    [Fact]
    public void Change_has_the_state_before_and_after()
    {
        JsonNode ocsf = JsonNode.Parse(Formatter.Render(SampleEvents.Parse(9)))!;

        Assert.Equal(("dialect", "Normative"), ((string?)ocsf["entity"]!["name"], (string?)ocsf["entity"]!["data"]));
        Assert.Equal(("dialect", "ZeroTolerant"), ((string?)ocsf["entity_result"]!["name"], (string?)ocsf["entity_result"]!["data"]));
        Assert.Equal("IBM Enterprise COBOL compatibility", (string?)ocsf["comment"]);
    }

    [Fact]
    public void Error_is_told_in_its_own_words()
    {
        JsonNode ocsf = JsonNode.Parse(Formatter.Render(SampleEvents.Parse(7)))!;
        JsonNode data = JsonNode.Parse(SampleEvents.Lines[7])!["payload"]!["data"]!;

        Assert.Equal(
            [(string?)data["error_message"], (string?)data["error_code"], (string?)data["error_category"]],
            [(string?)ocsf["message"], (string?)ocsf["status_code"], (string?)ocsf["status_detail"]]);
    }

    [Fact]
    public void Call_has_its_operation_its_resources_and_its_duration()
    {
        JsonNode ocsf = JsonNode.Parse(Formatter.Render(SampleEvents.Parse(2)))!;

        Assert.Equal(
            ("Decode", "copybook-codec::transformer", "cust_migration_0331"),
            ((string?)ocsf["api"]!["operation"], (string?)ocsf["api"]!["service"]!["name"], (string?)ocsf["api"]!["request"]!["uid"]));
        Assert.Equal(["/data/in/customer.bin", "/data/out/customer.jsonl"], ocsf["resources"]!.AsArray().Select(static resource => (string)resource!["name"]!));
        Assert.Equal((2340, "cbproc-01"), ((int)ocsf["duration"]!, (string?)ocsf["src_endpoint"]!["hostname"]));
    }

    [Fact]
    public void Foreign_event_is_a_base_event_with_all_of_itself()
    {
        const string Event = """{"id":"x-1","time":"2026-03-31T06:52:12Z","type":"order.cancelled","user":"ann","host":"web-1","order":{"no":7}}""";

        JsonNode ocsf = JsonNode.Parse(Formatter.Render(TestEvent.Parse(Event)))!;

        Assert.Equal((99, "order.cancelled", "x-1"), ((int)ocsf["type_uid"]!, (string?)ocsf["activity_name"], (string?)ocsf["metadata"]!["uid"]));
        Assert.Equal(("ann", "web-1"), ((string?)ocsf["actor"]!["user"]!["name"], (string?)ocsf["device"]!["hostname"]));
        Assert.Equal(Event, ocsf["unmapped"]!["event"]!.ToJsonString());
    }

    [Fact]
    public void Known_event_without_what_its_class_requires_is_a_base_event_and_loses_nothing()
    {
        JsonNode ocsf = Render(0, static _ => { }, static context => context["environment"]!.AsObject().Remove("hostname"));

        Assert.Equal((99, "CopybookParse"), ((int)ocsf["type_uid"]!, (string?)ocsf["activity_name"]));
        Assert.NotNull(ocsf["unmapped"]!["event"]!["payload"]!["data"]!["copybook_path"]);
    }

    [Fact]
    public void Payload_can_be_left_out_and_the_event_brought_along()
    {
        IEventFormatter formatter = Rendering.Create(new OcsfFormatterFactory(), """{"payload":false,"raw_data":true}""");

        string json = formatter.Render(SampleEvents.Parse(5));

        JsonNode ocsf = JsonNode.Parse(json)!;
        Assert.Empty(OcsfSchema.Check(json));
        Assert.Equal(["integrity_hash", "previous_hash"], ocsf["unmapped"]!.AsObject().Select(static member => member.Key));
        Assert.Equal(SampleEvents.Lines[5], (string?)ocsf["raw_data"]);
        Assert.DoesNotContain("unmapped", formatter.Render(TestEvent.Parse("""{"id":"x"}""")), StringComparison.Ordinal);
        Assert.DoesNotContain("raw_data", Formatter.Render(SampleEvents.Parse(5)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(int.MaxValue, true)]
    [InlineData(int.MaxValue + 1ul, false)]
    public void Sequence_is_left_out_where_it_needs_more_than_an_integer_has(ulong sequence, bool isThere)
    {
        string json = Formatter.Render(TestEvent.Parse(SampleEvents.Lines[0], sequence));

        Assert.Empty(OcsfSchema.Check(json));
        Assert.Equal(isThere, JsonNode.Parse(json)!["metadata"]!["sequence"] is not null);
    }

    [Fact]
    public void Product_and_log_are_named_as_set()
    {
        IEventFormatter formatter = Rendering.Create(
            new OcsfFormatterFactory(), """{"vendor":"V \"x\"","product":"P","product_version":"2","log_name":"L","tenant_uid":"T"}""");

        JsonNode metadata = JsonNode.Parse(formatter.Render(SampleEvents.Parse(5)))!["metadata"]!;

        JsonNode product = metadata["product"]!;
        Assert.Equal(("V \"x\"", "P", "2"), ((string?)product["vendor_name"], (string?)product["name"], (string?)product["version"]));
        Assert.Equal(("L", "T"), ((string?)metadata["log_name"], (string?)metadata["tenant_uid"]));
    }

    [Theory]
    [InlineData("vendor")]
    [InlineData("product")]
    [InlineData("product_version")]
    [InlineData("log_name")]
    [InlineData("tenant_uid")]
    public void Empty_setting_is_refused_by_name(string setting)
    {
        SettingsException exception = Assert.Throws<SettingsException>(() => Rendering.Create(new OcsfFormatterFactory(), $$"""{"{{setting}}":" "}"""));

        Assert.Equal(setting, exception.Setting);
        Assert.Contains($"'{setting}'", exception.Message, StringComparison.Ordinal);
    }

    private static void AssertIsOcsf(string name, AuditEvent auditEvent)
    {
        IReadOnlyList<string> violations = OcsfSchema.Check(Formatter.Render(auditEvent));
        Assert.True(violations.Count == 0, $"{name}: {string.Join("; ", violations)}");
    }

    private static JsonNode Render(int index, Action<JsonObject> change, Action<JsonObject>? changeContext = null)
    {
        JsonNode sample = JsonNode.Parse(SampleEvents.Lines[index])!;
        change(sample["payload"]!["data"]!.AsObject());
        changeContext?.Invoke(sample["context"]!.AsObject());
        return JsonNode.Parse(Formatter.Render(TestEvent.Parse(sample.ToJsonString())))!;
    }
}
