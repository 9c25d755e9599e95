using System.Buffers;
using System.Text.Json;
using System.Text.Json.Nodes;
using AuditHost.Connectors.Elasticsearch;
using AuditHost.Plugins.Tests.Formats;
using AuditHost.Sdk;
using AuditHost.Sdk.Testing;
using SampleEvents = AuditHost.Plugins.Tests.Formats.SampleEvents;

namespace AuditHost.Plugins.Tests.Elasticsearch;

public sealed class ElasticsearchFormatterTests
{
    private readonly IEventFormatter _formatter = Rendering.Create(new ElasticsearchFormatterFactory());

    public static TheoryData<int> Samples => SampleEvents.Indexes;

    [Theory]
    [MemberData(nameof(Samples))]
    public void A_document_is_the_event_without_environment_variables_and_with_what_is_searched(int index)
    {
        JsonObject expected = JsonNode.Parse(SampleEvents.Lines[index])!.AsObject();
        JsonObject environment = expected["context"]!["environment"]!.AsObject();
        Assert.True(environment.Remove("environment_variables"));
        JsonObject document = JsonNode.Parse(_formatter.Render(SampleEvents.Parse(index)))!.AsObject();

        Assert.StartsWith("2026-03-31T06:52:1", Take(document, "@timestamp").GetValue<string>(), StringComparison.Ordinal);
        Take(document, "search_fields");
        Take(document, "analytics");
        Assert.True(JsonNode.DeepEquals(expected, document), document.ToJsonString());
    }

    [Fact]
    public void Search_fields_and_analytics_are_those_of_the_integration_design()
    {
        JsonObject document = JsonNode.Parse(_formatter.Render(SampleEvents.Parse(5)))!.AsObject();

        Assert.Equal("2026-03-31T06:52:13.3682045Z", (string?)document["@timestamp"]);
        Assert.Equal(
            """{"user":"cli_user","hostname":"cbproc-01","operation":"cli_audit_operation","classification":"PHI","compliance":["HIPAA"]}""", document["search_fields"]!.ToJsonString());
        Assert.Equal("""{"hour_of_day":6,"day_of_week":1,"has_compliance":true,"is_security_event":true}""", document["analytics"]!.ToJsonString());
    }

    [Theory]
    [InlineData("2026-03-30T00:00:00Z", 0, 0)]
    [InlineData("2026-04-05T23:30:00Z", 6, 23)]
    [InlineData("2026-04-06T00:30:00+02:00", 6, 22)]
    public void Days_count_from_monday_in_utc(string time, int day, int hour)
    {
        JsonNode analytics = Render($$"""{"event_id":"e","timestamp":"{{time}}"}""")["analytics"]!;

        Assert.Equal((day, hour), ((int)analytics["day_of_week"]!, (int)analytics["hour_of_day"]!));
    }

    [Fact]
    public void Nobody_is_the_system_and_no_profiles_are_no_compliance()
    {
        JsonNode document = Render("""{"event_id":"e","timestamp":"2026-03-31T06:52:12Z","event_type":"AccessEvent","severity":"Low","context":{"user":null,"compliance_profiles":[]}}""");

        Assert.Equal("""{"user":"system","compliance":[]}""", document["search_fields"]!.ToJsonString());
        Assert.False((bool)document["analytics"]!["has_compliance"]!);
        Assert.False((bool)document["analytics"]!["is_security_event"]!);
    }

    [Fact]
    public void An_event_of_another_producer_keeps_its_members_and_gets_the_common_names()
    {
        AuditEvent auditEvent = TestEvent.Parse("""{"a":{"environment":{"environment_variables":1}},"timestamp":"2026-03-31T06:52:12Z"}""");

        JsonNode document = JsonNode.Parse(_formatter.Render(auditEvent))!;

        Assert.Equal("""{"environment":{"environment_variables":1}}""", document["a"]!.ToJsonString());
        Assert.Equal(auditEvent.Id.ToString(), (string?)document["event_id"]);
        Assert.Equal("Info", (string?)document["severity"]);
    }

    [Theory]
    [InlineData("@timestamp")]
    [InlineData("\\u0040timestamp")]
    public void No_name_stands_there_twice_whatever_the_event_has(string timestamp)
    {
        string rendered = _formatter.Render(TestEvent.Parse(
            $$$$"""{"{{{{timestamp}}}}":"yesterday","search_fields":1,"analytics":{"a":[1]},"event_id":"e","severity":null,"context":{"environment":{"environment_variabl\u0065s":{"SECRET":"s"},"hostname":"h"}}}"""));

        using JsonDocument document = JsonDocument.Parse(rendered);
        Assert.Equal(document.RootElement.EnumerateObject().Count(), document.RootElement.EnumerateObject().DistinctBy(member => member.Name).Count());
        Assert.DoesNotContain("SECRET", rendered, StringComparison.Ordinal);
        Assert.Equal("""{"environment":{"hostname":"h"}}""", document.RootElement.GetProperty("context").GetRawText());
        Assert.Equal(JsonValueKind.Null, document.RootElement.GetProperty("severity").ValueKind);
    }

    [Theory]
    [InlineData("17")]
    [InlineData("\"text\"")]
    [InlineData("[1,{\"environment\":{}}]")]
    [InlineData("{}")]
    [InlineData("{\"environment\":[]}")]
    [InlineData("{\"environment\":{}}")]
    public void A_context_of_another_shape_is_copied(string context) =>
        Assert.Equal(context, Render($$"""{"event_id":"e","context":{{context}}}""")["context"]!.ToJsonString());

    [Fact]
    public void Nothing_is_allocated_per_event()
    {
        AuditEvent[] events = [.. Enumerable.Range(0, 10).Select(SampleEvents.Parse)];
        var output = new ArrayBufferWriter<byte>(1 << 16);
        FormatAll();

        Assert.Equal(0, Allocations.Least(FormatAll));

        void FormatAll()
        {
            foreach (AuditEvent auditEvent in events)
            {
                output.ResetWrittenCount();
                _formatter.Format(auditEvent, output);
            }
        }
    }

    private JsonNode Render(string json) => JsonNode.Parse(_formatter.Render(TestEvent.Parse(json)))!;

    private static JsonNode Take(JsonObject document, string name)
    {
        JsonNode value = document[name]!;
        Assert.True(document.Remove(name));
        return value;
    }
}
