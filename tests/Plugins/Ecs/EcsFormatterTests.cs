using System.Text.Json;
using System.Text.Json.Nodes;
using AuditHost.Formats.Ecs;
using AuditHost.Plugins.Tests.Formats;
using AuditHost.Sdk;
using AuditHost.Sdk.Testing;
using SampleEvents = AuditHost.Plugins.Tests.Formats.SampleEvents;

namespace AuditHost.Plugins.Tests.Ecs;

public sealed class EcsFormatterTests
{
    private static readonly IEventFormatter Formatter = Rendering.Create(new EcsFormatterFactory());

    public static TheoryData<string> Strange => [.. Sdk.Testing.SampleEvents.Json.Keys];

    [Fact]
    public void Access_event_is_written_with_every_member_in_its_place()
    {
        string[] expected =
        [
            """{"@timestamp":"2026-03-31T06:52:14.1182045Z","ecs":{"version":"9.4.0"},"data_stream":{"type":"logs","dataset":"copybook.audit","namespace":"default"},""",
            "\"message\":\"AccessEvent (Medium) by batch_svc on cbproc-01\",\"log\":{\"level\":\"Medium\"},",
            "\"event\":{\"id\":\"audit-1774939934118200267-f50dc4c2f035d6b6\",\"kind\":\"event\",\"category\":[\"database\"],\"type\":[\"access\"],",
            "\"action\":\"access\",\"code\":\"AccessEvent\",\"outcome\":\"failure\",\"reason\":\"Denied\",\"severity\":2,\"dataset\":\"copybook.audit\",",
            "\"provider\":\"copybook-core::access\",\"created\":\"2026-03-31T07:00:00.2500000Z\",\"sequence\":9,",
            "\"hash\":\"577c667cbad3162329ce0657460ad68e9300928e59b934f41e38a13c868e53da\"},",
            "\"user\":{\"name\":\"jmüller\",\"id\":\"jmüller\"},\"host\":{\"name\":\"cbproc-01\",\"hostname\":\"cbproc-01\",\"architecture\":\"x86_64\"},",
            "\"process\":{\"pid\":41207},\"service\":{\"name\":\"copybook-core::access\",\"version\":\"0.4.3\"},",
            "\"source\":{\"address\":\"10.20.30.40\",\"ip\":\"10.20.30.40\"},",
            "\"related\":{\"user\":[\"batch_svc\",\"jmüller\"],\"hosts\":[\"cbproc-01\"],\"ip\":[\"10.20.30.40\"],",
            "\"hash\":[\"577c667cbad3162329ce0657460ad68e9300928e59b934f41e38a13c868e53da\",\"1d171209d4cc375c81ee7a7fe33365c193feade18bbfc45059e56a7c0aa2d1fc\"]},",
            "\"tags\":[\"HIPAA\"],\"labels\":{\"classification\":\"PHI\",\"operation_id\":\"access_0331\"},",
            "\"audithost\":{\"previous_hash\":\"1d171209d4cc375c81ee7a7fe33365c193feade18bbfc45059e56a7c0aa2d1fc\",",
            "\"payload\":{\"access_type\":\"Read\",\"resource_type\":\"dataset\",\"resource_id\":\"PATIENT.MASTER\",\"access_result\":\"Denied\",",
            "\"user_id\":\"jmüller\",\"source_ip\":\"10.20.30.40\",\"user_agent\":null,\"session_id\":\"sess-7781\"},\"metadata\":{}}}",
        ];
        Assert.Equal(
            string.Concat(expected),
            Rendering.Create(new EcsFormatterFactory(), """{"dataset":"copybook.audit"}""").Render(SampleEvents.Parse(8)));
    }

    [Theory]
    [MemberData(nameof(SampleEvents.Indexes), MemberType = typeof(SampleEvents))]
    public void Sample_event_is_ecs_whatever_its_members_are(int index)
    {
        Assert.Empty(EcsSchema.Check(Formatter.Render(SampleEvents.Parse(index))));
        Assert.All(EventVariants.Of(index), static variant => AssertIsEcs(variant.Change, variant.Event));
    }

    [Fact]
    public void Access_of_every_kind_is_ecs() => Assert.All(EventVariants.Accesses(), static variant => AssertIsEcs(variant.Change, variant.Event));

    [Theory]
    [MemberData(nameof(Strange))]
    public void Strange_event_is_ecs(string name) => AssertIsEcs(name, Sdk.Testing.SampleEvents.Parse(name));

    [Theory]
    [InlineData(0, "event", "file", "access", "copybook-parse", "success", "SuccessWithWarnings", 12_000_000)]
    [InlineData(1, "event", "file", "access", "data-validation", "failure", "Invalid", 845_000_000)]
    [InlineData(2, "event", "file", "creation", "data-transformation", "success", "Success", 2_340_000_000)]
    [InlineData(3, "metric", "process", "info", "performance-measurement", null, "SignificantRegression", null)]
    [InlineData(4, "event", "configuration", "info", "compliance-check", "failure", "NonCompliant", null)]
    [InlineData(5, "alert", "intrusion_detection", "info", "security-event", null, "DataBreach", null)]
    [InlineData(6, "event", "database", "info", "lineage-tracking", null, null, null)]
    [InlineData(7, "event", "database", "error", "error", "failure", null, null)]
    [InlineData(8, "event", "database", "access", "access", "failure", "Denied", null)]
    [InlineData(9, "event", "configuration", "change", "configuration-change", "success", "IBM Enterprise COBOL compatibility", null)]
    public void Event_is_classified(int index, string kind, string category, string type, string action, string? outcome, string? reason, object? duration)
    {
        JsonNode ecs = JsonNode.Parse(Formatter.Render(SampleEvents.Parse(index)))!["event"]!;

        Assert.Equal([kind, category, type, action], [(string?)ecs["kind"], (string?)ecs["category"]![0], (string?)ecs["type"]![0], (string?)ecs["action"]]);
        Assert.Equal([outcome, reason], [(string?)ecs["outcome"], (string?)ecs["reason"]]);
        Assert.Equal(duration is null ? null : Convert.ToInt64(duration, null), (long?)ecs["duration"]);
    }

    [Theory]
    [InlineData(5, "security_event_type", "AuthenticationFailure", "authentication", "start")]
    [InlineData(5, "security_event_type", "UnauthorizedAccess", "intrusion_detection", "denied")]
    [InlineData(5, "security_event_type", "AuthorizationFailure", "intrusion_detection", "denied")]
    [InlineData(5, "security_event_type", "ConfigurationTampering", "configuration", "change")]
    [InlineData(5, "security_event_type", "SuspiciousActivity", "intrusion_detection", "info")]
    [InlineData(8, "access_type", "Write", "database", "change")]
    [InlineData(8, "access_type", "Admin", "database", "change")]
    [InlineData(8, "access_type", "Delete", "database", "change")]
    [InlineData(8, "access_type", "Execute", "database", "access")]
    [InlineData(9, "change_type", "Create", "configuration", "creation")]
    [InlineData(9, "change_type", "Delete", "configuration", "deletion")]
    [InlineData(9, "change_type", "Export", "configuration", "access")]
    [InlineData(9, "change_type", "Import", "configuration", "change")]
    public void Payload_narrows_the_classification(int index, string member, string word, string category, string type)
    {
        JsonNode ecs = Render(index, data => data[member] = word)["event"]!;

        Assert.Equal((category, type), ((string?)ecs["category"]![0], (string?)ecs["type"]![0]));
    }

    [Theory]
    [InlineData("Read", "access")]
    [InlineData("Write", "change")]
    [InlineData("Admin", "change")]
    [InlineData("Delete", "deletion")]
    public void Access_to_a_file_has_its_path(string access, string type)
    {
        JsonNode document = Render(8, data =>
        {
            data["resource_type"] = "file";
            data["access_type"] = access;
        });

        Assert.Equal(("file", type), ((string?)document["event"]!["category"]![0], (string?)document["event"]!["type"]![0]));
        Assert.Equal("PATIENT.MASTER", (string?)document["file"]!["path"]);
    }

    [Theory]
    [InlineData("10.20.30.40", true)]
    [InlineData("2001:db8::1", true)]
    [InlineData("10.1", false)]
    [InlineData("fe80::1%eth0", false)]
    [InlineData("terminal 7", false)]
    public void Only_an_address_is_an_ip_since_elasticsearch_refuses_the_document_otherwise(string address, bool isAddress)
    {
        JsonNode document = Render(8, data => data["source_ip"] = address);

        Assert.Equal(address, (string?)document["source"]!["address"]);
        Assert.Equal(isAddress ? address : null, (string?)document["source"]!["ip"]);
        Assert.Equal(isAddress ? address : null, (string?)document["related"]!["ip"]?[0]);
    }

    [Fact]
    public void Error_is_told_in_the_fields_for_errors()
    {
        JsonNode document = Render(7, static data => data["stack_trace"] = "at main");

        Assert.Equal(
            ["code", "type", "message", "stack_trace"], document["error"]!.AsObject().Select(static member => member.Key));
        Assert.Equal("at main", (string?)document["error"]!["stack_trace"]);
    }

    [Fact]
    public void Compliance_check_names_its_rules() =>
        Assert.Equal("SOX, PciDss", (string?)JsonNode.Parse(Formatter.Render(SampleEvents.Parse(4)))!["rule"]!["ruleset"]);

    [Fact]
    public void Foreign_event_has_its_envelope_and_all_of_itself()
    {
        const string Event = """{"id":"x-1","time":"2026-03-31T06:52:12Z","type":"order.cancelled","user":"ann","host":"web-1","order":{"no":7}}""";

        JsonNode document = JsonNode.Parse(Formatter.Render(TestEvent.Parse(Event)))!;

        Assert.Equal("order.cancelled (Info) by ann on web-1", (string?)document["message"]);
        Assert.Equal(("order.cancelled", "x-1"), ((string?)document["event"]!["action"], (string?)document["event"]!["id"]));
        Assert.Null(document["event"]!["category"]);
        Assert.Equal(("ann", "web-1"), ((string?)document["user"]!["name"], (string?)document["host"]!["name"]));
        Assert.Equal(Event, document["audithost"]!["event"]!.ToJsonString());
    }

    [Fact]
    public void Payload_of_another_shape_loses_nothing() =>
        Assert.NotNull(Render(Sdk.Testing.SampleEvents.Parse("an ordinary event"))["audithost"]!["event"]!["payload"]!["action"]);

    [Theory]
    [InlineData("fields", JsonValueKind.Object)]
    [InlineData("text", JsonValueKind.String)]
    [InlineData("none", JsonValueKind.Undefined)]
    public void Payload_is_fields_or_text_or_left_out(string payload, JsonValueKind kind)
    {
        IEventFormatter formatter = Rendering.Create(new EcsFormatterFactory(), $$"""{"payload":"{{payload}}","custom_field":"copybook"}""");

        JsonNode custom = JsonNode.Parse(formatter.Render(SampleEvents.Parse(8)))!["copybook"]!;
        JsonNode foreign = JsonNode.Parse(formatter.Render(TestEvent.Parse("""{"id":"x"}""")))!["copybook"]!;

        Assert.Equal(kind, custom["payload"]?.GetValueKind() ?? JsonValueKind.Undefined);
        Assert.Equal(kind, foreign["event"]?.GetValueKind() ?? JsonValueKind.Undefined);
        if (kind == JsonValueKind.String)
            Assert.Equal("PATIENT.MASTER", (string?)JsonNode.Parse((string)custom["payload"]!)!["resource_id"]);
    }

    [Fact]
    public void Original_is_the_event_as_received_and_off_by_default()
    {
        IEventFormatter formatter = Rendering.Create(new EcsFormatterFactory(), """{"original":true}""");

        Assert.Equal(SampleEvents.Lines[5], (string?)JsonNode.Parse(formatter.Render(SampleEvents.Parse(5)))!["event"]!["original"]);
        Assert.Null(JsonNode.Parse(Formatter.Render(SampleEvents.Parse(5)))!["event"]!["original"]);
    }

    [Fact]
    public void Service_has_the_name_that_is_set() => Assert.Equal(
        "ledger \"7\"",
        (string?)JsonNode.Parse(Rendering.Create(new EcsFormatterFactory(), """{"service_name":"ledger \"7\""}""").Render(SampleEvents.Parse(5)))!["service"]!["name"]);

    private static void AssertIsEcs(string name, AuditEvent auditEvent)
    {
        IReadOnlyList<string> violations = EcsSchema.Check(Formatter.Render(auditEvent));
        Assert.True(violations.Count == 0, $"{name}: {string.Join("; ", violations)}");
    }

    private static JsonNode Render(AuditEvent auditEvent) => JsonNode.Parse(Formatter.Render(auditEvent))!;

    private static JsonNode Render(int index, Action<JsonObject> change)
    {
        JsonNode sample = JsonNode.Parse(SampleEvents.Lines[index])!;
        change(sample["payload"]!["data"]!.AsObject());
        return Render(TestEvent.Parse(sample.ToJsonString()));
    }
}
