using System.Text;
using System.Text.Json;
using AuditHost.Connectors.Webhook;
using AuditHost.Sdk;
using AuditHost.Sdk.Testing;

namespace AuditHost.Tests.Webhook;

public sealed class WebhookSettingsTests : IDisposable
{
    private readonly TestPluginContext _context = new();

    [Theory]
    [InlineData("""{"endpoint":""}""", "endpoint")]
    [InlineData("""{"endpoint":"/canary"}""", "endpoint")]
    [InlineData("""{"endpoint":"ftp://host/canary"}""", "endpoint")]
    [InlineData("""{"endpoint":"https://user:canary@host/"}""", "endpoint")]
    [InlineData("""{"endpoint":"https://host/#canary"}""", "endpoint")]
    [InlineData("""{"endpoint":"https://host/","method":"GET"}""", "method")]
    [InlineData("""{"endpoint":"https://host/","headers":{"Authorization":"canary"}}""", "headers")]
    [InlineData("""{"endpoint":"https://host/","headers":{"content-type":"canary"}}""", "headers")]
    [InlineData("""{"endpoint":"https://host/","headers":{"Host":"canary"}}""", "headers")]
    [InlineData("""{"endpoint":"https://host/","headers":{"X Y":"canary"}}""", "headers")]
    [InlineData("""{"endpoint":"https://host/","headers":{"X-Key":"canary\r\nX-Admin: 1"}}""", "headers.X-Key")]
    [InlineData("""{"endpoint":"https://host/","headers":{"X-Key":"canary\n"}}""", "headers.X-Key")]
    [InlineData("""{"endpoint":"https://host/","idempotency_header":"a b"}""", "idempotency_header")]
    [InlineData("""{"endpoint":"https://host/","acknowledgement_header":"a:b"}""", "acknowledgement_header")]
    [InlineData("""{"endpoint":"https://host/","success_status":[302]}""", "success_status")]
    [InlineData("""{"endpoint":"https://host/","success_status":[20]}""", "success_status")]
    [InlineData("""{"endpoint":"https://host/","mode":"stream"}""", "mode")]
    [InlineData("""{"endpoint":"https://host/","headers":null}""", "headers")]
    [InlineData("""{"endpoint":"https://host/","headers":{"X-Key":null}}""", "headers.X-Key")]
    [InlineData("""{"endpoint":null}""", "endpoint")]
    public void A_setting_that_cannot_work_is_named_and_its_value_not_quoted(string settings, string setting)
    {
        SettingsException exception = Assert.Throws<SettingsException>(
            () => new WebhookFactory().Create(Encoding.UTF8.GetBytes(settings), _context));

        Assert.Equal(setting, exception.Setting);
        Assert.DoesNotContain("canary", exception.ToString(), StringComparison.Ordinal);
        Assert.Empty(_context.Entries);
    }

    [Fact]
    public void Credentials_in_the_endpoint_are_refused_with_the_way_to_write_them()
    {
        SettingsException exception = Assert.Throws<SettingsException>(
            () => new WebhookFactory().Create("""{"endpoint":"https://user:canary@host/"}"""u8.ToArray(), _context));

        Assert.Contains("authentication: { type: basic", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_endpoint_is_shown_without_its_query() =>
        Assert.Equal(
            "https://host:8443/in/a%20b",
            Assert.Single(new WebhookFactory().Endpoints("""{"endpoint":"https://host:8443/in/a%20b?key=canary"}"""u8.ToArray())).AbsoluteUri);

    [Theory]
    [InlineData("""{"endpoint":"https://host/"}""", BatchContent.Body)]
    [InlineData("""{"endpoint":"https://host/","mode":"batch"}""", BatchContent.Body)]
    [InlineData("""{"endpoint":"https://host/","mode":"single"}""", BatchContent.Payload)]
    public void Only_what_the_mode_sends_is_rendered(string settings, BatchContent expected) =>
        Assert.Equal(expected, new WebhookFactory().Content(Encoding.UTF8.GetBytes(settings)));

    [Fact]
    public void Every_setting_stands_in_the_schema_with_a_description()
    {
        using JsonDocument schema = JsonDocument.Parse(new WebhookFactory().SettingsSchema);

        JsonProperty[] properties = [.. schema.RootElement.GetProperty("properties").EnumerateObject()];

        Assert.Equal(
            ["endpoint", "balancing", "method", "headers", "mode", "compression", "idempotency_header", "acknowledgement_header", "success_status"],
            properties.Select(property => property.Name));
        Assert.All(properties, property => Assert.True(property.Value.TryGetProperty("description", out _), property.Name));
    }

    public void Dispose() => _context.Dispose();
}
