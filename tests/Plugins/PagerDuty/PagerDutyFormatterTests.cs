using System.Text.Json;
using AuditHost.Connectors.PagerDuty;
using AuditHost.Plugins.Tests.Alerts;
using AuditHost.Plugins.Tests.Formats;
using AuditHost.Sdk;
using AuditHost.Sdk.Testing;

namespace AuditHost.Plugins.Tests.PagerDuty;

public sealed class PagerDutyFormatterTests
{
    [Fact]
    public void An_event_without_anything_has_what_can_be_said()
    {
        JsonElement payload = Render(TestEvent.Parse("{}"));

        Assert.Equal("AuditEvent (Info)", payload.GetProperty("summary").GetString());
        Assert.Equal(["summary", "timestamp", "custom_details"], payload.EnumerateObject().Select(member => member.Name));
        Assert.Equal(["event_id", "severity"], payload.GetProperty("custom_details").EnumerateObject().Select(member => member.Name));
    }

    [Fact]
    public void Alerts_that_are_summed_up_are_named() =>
        Assert.Equal(AlertEvents.SummedUp, Render(AlertEvents.Summary()).GetProperty("custom_details").GetProperty("alerts").GetString());

    [Fact]
    public void Payload_can_stay_at_home() =>
        Assert.False(Render(AlertEvents.Of(), """{"payload":false}""").GetProperty("custom_details").TryGetProperty("payload", out _));

    [Fact]
    public void A_payload_that_PagerDuty_would_refuse_is_left_out_and_said_to_be()
    {
        JsonElement payload = Render(TestEvent.Parse($$$"""{"payload":{"x":"{{{new string('x', 300_000)}}}"}}"""));

        Assert.Contains("too large", payload.GetProperty("custom_details").GetProperty("payload").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_that_an_event_holds_makes_the_message_too_large()
    {
        string text = string.Concat(Enumerable.Repeat("\"\u20ac\n", 50_000));
        string hostile = JsonSerializer.Serialize(new
        {
            event_id = text,
            event_type = text,
            source = text,
            context = new { user = text, operation_id = text, environment = new { hostname = text }, security = new { classification = text }, compliance_profiles = new[] { text } },
            alert = new { group = text, first = text, last = text, count = 5, groups = Enumerable.Repeat(new { group = text, severity = text, count = 5 }, 3), action = "trigger" },
            payload = text[..80_000],
        });

        string rendered = Rendering.Create(new PagerDutyFormatterFactory()).Render(TestEvent.Parse(hostile));

        Assert.InRange(rendered.Length, 1000, 500_000);
        Assert.InRange(JsonElement.Parse(rendered).GetProperty("payload").GetProperty("summary").GetString()!.Length, 500, 1024);
    }

    private static JsonElement Render(AuditEvent auditEvent, string settings = "{}") =>
        JsonElement.Parse(Rendering.Create(new PagerDutyFormatterFactory(), settings).Render(auditEvent)).GetProperty("payload");
}
