using System.Text;
using System.Text.Json;
using AuditHost.Formats.Cef;
using AuditHost.Formats.Json;
using AuditHost.Formats.Syslog;
using AuditHost.Formats.Xml;
using AuditHost.Sdk;

namespace AuditHost.Plugins.Tests.Formats;

public sealed class FormatterSettingsTests
{
    private static readonly Dictionary<string, FormatterFactory> Factories = new FormatterFactory[]
    {
        new JsonFormatterFactory(), new JsonLinesFormatterFactory(), new CefFormatterFactory(), new SyslogFormatterFactory(), new XmlFormatterFactory(),
    }.ToDictionary(static factory => factory.Type);

    public static TheoryData<string> Types { get; } = ["json", "jsonl", "cef", "syslog", "xml"];

    [Theory]
    [MemberData(nameof(Types))]
    public void Unknown_key_is_refused_by_name(string type)
    {
        SettingsException exception = Refusal(type, """{"colour":"red"}""");

        Assert.Equal("colour", exception.Setting);
        Assert.Contains("colour", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Types))]
    public void Schema_describes_every_setting(string type)
    {
        using var schema = JsonDocument.Parse(Factories[type].SettingsSchema);
        if (!schema.RootElement.TryGetProperty("properties", out JsonElement properties))
            return;
        Assert.All(properties.EnumerateObject(), static property => Assert.True(property.Value.TryGetProperty("description", out _), property.Name));
    }

    [Theory]
    [InlineData("\"local8\"")]
    [InlineData("24")]
    [InlineData("-1")]
    [InlineData("\"kern,user\"")]
    [InlineData("true")]
    public void Unknown_facility_is_refused_with_those_there_are(string facility)
    {
        SettingsException exception = Refusal("syslog", $$"""{"facility":{{facility}}}""");

        Assert.Equal("facility", exception.Setting);
        Assert.Contains("kern, user, mail", exception.Message, StringComparison.Ordinal);
        Assert.Contains("local7", exception.Message, StringComparison.Ordinal);
        Assert.Contains("0 to 23", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("syslog", """{"standard":"rfc1"}""", "standard")]
    [InlineData("syslog", """{"app_name":"my app"}""", "app_name")]
    [InlineData("syslog", """{"app_name":"--"}""", "app_name")]
    [InlineData("syslog", """{"hostname":""}""", "hostname")]
    [InlineData("syslog", """{"enterprise_number":0}""", "enterprise_number")]
    [InlineData("syslog", """{"standard":"rfc3164","bom":true}""", "bom")]
    [InlineData("cef", """{"version":2}""", "version")]
    [InlineData("cef", """{"device_vendor":" "}""", "device_vendor")]
    [InlineData("cef", """{"device_version":"12345678901234567890123456789012"}""", "device_version")]
    [InlineData("xml", """{"root_element":"a b"}""", "root_element")]
    [InlineData("xml", """{"root_element":"a:b"}""", "root_element")]
    [InlineData("xml", """{"root_element":""}""", "root_element")]
    public void Setting_that_cannot_work_is_refused_by_name(string type, string settings, string expected)
    {
        SettingsException exception = Refusal(type, settings);

        Assert.Equal(expected, exception.Setting);
        Assert.Contains($"'{expected}'", exception.Message, StringComparison.Ordinal);
    }

    private static SettingsException Refusal(string type, string settings) =>
        Assert.Throws<SettingsException>(() => Factories[type].Create(Encoding.UTF8.GetBytes(settings), null!));
}
