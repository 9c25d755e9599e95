using System.Text.Json;
using AuditHost.Formats.Leef;
using AuditHost.Plugins.Tests.Formats;
using AuditHost.Sdk;

namespace AuditHost.Plugins.Tests.Leef;

public sealed class LeefSettingsTests
{
    [Theory]
    [InlineData("""{"version":"3.0"}""", "version")]
    [InlineData("""{"version":1.5}""", "version")]
    [InlineData("""{"version":true}""", "version")]
    [InlineData("""{"delimiter":""}""", "delimiter")]
    [InlineData("""{"delimiter":"|"}""", "delimiter")]
    [InlineData("""{"delimiter":"="}""", "delimiter")]
    [InlineData("""{"delimiter":" "}""", "delimiter")]
    [InlineData("""{"delimiter":"a"}""", "delimiter")]
    [InlineData("""{"delimiter":"-"}""", "delimiter")]
    [InlineData("""{"delimiter":"x41"}""", "delimiter")]
    [InlineData("""{"delimiter":"x0A"}""", "delimiter")]
    [InlineData("""{"delimiter":"x00"}""", "delimiter")]
    [InlineData("""{"delimiter":"xA6"}""", "delimiter")]
    [InlineData("""{"delimiter":"¦"}""", "delimiter")]
    [InlineData("""{"delimiter":"x"}""", "delimiter")]
    [InlineData("""{"delimiter":"x00005E"}""", "delimiter")]
    [InlineData("""{"delimiter":"^^"}""", "delimiter")]
    [InlineData("""{"delimiter":"5E"}""", "delimiter")]
    [InlineData("""{"delimiter":"^","version":"1.0"}""", "delimiter")]
    [InlineData("""{"max_payload_bytes":1023}""", "max_payload_bytes")]
    [InlineData("""{"max_payload_bytes":32768}""", "max_payload_bytes")]
    [InlineData("""{"vendor":""}""", "vendor")]
    [InlineData("""{"vendor":"a|b"}""", "vendor")]
    [InlineData("""{"product":"a\tb"}""", "product")]
    [InlineData("""{"product":"1234567890123456789012345678901234567890123456789012345678901234"}""", "product")]
    [InlineData("""{"product_version":"12345678901234567890123456789012"}""", "product_version")]
    [InlineData("""{"product_version":" "}""", "product_version")]
    public void Setting_that_cannot_work_is_refused_by_name(string settings, string expected)
    {
        SettingsException exception = Assert.Throws<SettingsException>(() => Rendering.Create(new LeefFormatterFactory(), settings));

        Assert.Equal(expected, exception.Setting);
        Assert.Contains($"'{expected}'", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"version":2.0}""", "LEEF:2.0|")]
    [InlineData("""{"version":2}""", "LEEF:2.0|")]
    [InlineData("""{"version":"2.0"}""", "LEEF:2.0|")]
    [InlineData("""{"version":1.0}""", "LEEF:1.0|")]
    [InlineData("""{"version":"1"}""", "LEEF:1.0|")]
    [InlineData("""{"version":1.0,"delimiter":"x09"}""", "LEEF:1.0|")]
    public void Version_is_text_or_a_number(string settings, string expected) =>
        Assert.StartsWith(expected, Rendering.Create(new LeefFormatterFactory(), settings).Render(Rendering.Event("x")), StringComparison.Ordinal);

    [Fact]
    public void Schema_describes_every_setting()
    {
        using var schema = JsonDocument.Parse(new LeefFormatterFactory().SettingsSchema);
        JsonProperty[] properties = [.. schema.RootElement.GetProperty("properties").EnumerateObject()];

        Assert.Equal(["version", "delimiter", "vendor", "product", "product_version", "max_payload_bytes"], properties.Select(property => property.Name));
        Assert.All(properties, property => Assert.True(property.Value.TryGetProperty("description", out _), property.Name));
    }
}
