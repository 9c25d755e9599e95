using System.Text.Json;
using AuditHost.Connectors.OpsGenie;
using AuditHost.Fakes.OpsGenie;
using AuditHost.Plugins.Tests.Alerts;
using AuditHost.Plugins.Tests.Formats;
using AuditHost.Sdk;
using AuditHost.Sdk.Testing;
using static AuditHost.Plugins.Tests.OpsGenie.OpsGenieTests;

namespace AuditHost.Plugins.Tests.OpsGenie;

public sealed class OpsGenieFormatterTests : IDisposable
{
    private readonly TestPluginContext _context = new();

    [Fact]
    public void An_event_without_anything_has_what_can_be_said()
    {
        JsonElement alert = Render(TestEvent.Parse("{}"));

        Assert.Equal("AuditEvent (Info)", alert.GetProperty("message").GetString());
        Assert.Equal("AuditEvent (Info)\nat 1970-01-01T00:00:00.000Z", alert.GetProperty("description").GetString());
        Assert.Equal(["message", "description", "tags", "details"], alert.EnumerateObject().Select(member => member.Name));
    }

    [Fact]
    public void Alerts_that_are_summed_up_are_named() =>
        Assert.EndsWith($"Z\nAlerts: {AlertEvents.SummedUp}", Render(AlertEvents.Summary()).GetProperty("description").GetString(), StringComparison.Ordinal);

    [Fact]
    public void Payload_can_stay_at_home() =>
        Assert.DoesNotContain("denied", Render(AlertEvents.Of(), """{"payload":false}""").GetProperty("description").GetString(), StringComparison.Ordinal);

    [Fact]
    public async Task Nothing_that_an_event_holds_is_beyond_the_limits()
    {
        string text = string.Concat(Enumerable.Repeat("\"\ud83d\ude00\n", 20_000));
        AuditEvent hostile = TestEvent.Parse(JsonSerializer.Serialize(new
        {
            event_id = text,
            event_type = text,
            source = text,
            context = new
            {
                user = text,
                operation_id = text,
                environment = new { hostname = text },
                security = new { classification = text },
                compliance_profiles = Enumerable.Range(0, 100).Select(number => $"p{number}"),
            },
            alert = new { action = "trigger", groups = Enumerable.Repeat(new { group = text, severity = text, count = 5 }, 3), group = text, first = text, last = text, count = 5, total = text, dedup_key = text },
            payload = new { text },
        }));
        await using AlertApi api = await StartAsync();
        await using IConnector connector = Create(_context, ""","tags":["audit"]""", api.Address);

        DeliveryResult result = await connector.SendAsync(Batch(hostile), Cancellation);

        Assert.True(result.IsDelivered, result.Reason);
        Assert.Empty(api.Violations);
        JsonElement body = Assert.Single(api.Alerts).Body;
        Assert.Equal(20, body.GetProperty("tags").GetArrayLength());
        Assert.InRange(body.GetProperty("description").GetString()!.Length, 14_990, 15_000);
    }

    [Fact]
    public void Of_profiles_only_texts_are_tags() =>
        Assert.Equal(
            ["AuditEvent", "Info", "HIPAA", "SOX"],
            Render(TestEvent.Parse("""{"event_type":"AuditEvent","context":{"compliance_profiles":["HIPAA",[["x"]],7,null,{"a":"b"},"SOX"]}}"""))
                .GetProperty("tags").EnumerateArray().Select(tag => tag.GetString()));

    public void Dispose() => _context.Dispose();

    private static JsonElement Render(AuditEvent auditEvent, string settings = "{}") =>
        JsonElement.Parse(Rendering.Create(new OpsGenieFormatterFactory(), settings).Render(auditEvent));
}
