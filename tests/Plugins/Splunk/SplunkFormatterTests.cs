using System.Text.Json;
using AuditHost.Connectors.Splunk;
using AuditHost.Plugins.Tests.Formats;
using AuditHost.Sdk.Testing;
using SampleEvents = AuditHost.Plugins.Tests.Formats.SampleEvents;

namespace AuditHost.Plugins.Tests.Splunk;

public sealed class SplunkFormatterTests
{
    [Theory]
    [MemberData(nameof(SampleEvents.Indexes), MemberType = typeof(SampleEvents))]
    public void Each_field_of_the_design_has_the_events_own_value(int index)
    {
        using JsonDocument original = JsonDocument.Parse(SampleEvents.Lines[index]);
        using JsonDocument rendered = JsonDocument.Parse(Rendering.Create(new SplunkFormatterFactory()).Render(SampleEvents.Parse(index)));

        foreach ((string name, string path) in new[]
        {
            ("audit_event_id", "event_id"), ("timestamp", "timestamp"), ("event_type", "event_type"), ("severity", "severity"),
            ("operation_id", "context.operation_id"), ("user", "context.user"), ("hostname", "context.environment.hostname"),
            ("process_id", "context.environment.process_id"), ("copybook_version", "context.environment.version"),
            ("security_classification", "context.security.classification"), ("compliance_profiles", "context.compliance_profiles"),
            ("payload", "payload"), ("integrity_hash", "integrity_hash"), ("previous_hash", "previous_hash"),
        })
        {
            JsonElement expected = path.Split('.').Aggregate(original.RootElement, (element, step) => element.GetProperty(step));
            if (expected.ValueKind == JsonValueKind.Null)
                Assert.False(rendered.RootElement.TryGetProperty(name, out _), name);
            else
                Assert.True(JsonElement.DeepEquals(expected, rendered.RootElement.GetProperty(name)), name);
        }
    }

    [Fact]
    public void Events_of_other_producers_go_out_as_received()
    {
        const string Foreign = """{"id":"x-1","time":"2026-03-31T06:52:12Z","type":"login","detail":{"deep":[1,2]}}""";

        Assert.Equal(Foreign, Rendering.Create(new SplunkFormatterFactory()).Render(TestEvent.Parse(Foreign)));
    }
}
