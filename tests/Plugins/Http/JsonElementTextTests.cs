using System.Text.Json;
using AuditHost.PluginKit.Http;

namespace AuditHost.Plugins.Tests.Http;

public sealed class JsonElementTextTests
{
    [Theory]
    [InlineData("""{"a":"x\u00e9"}""", "xé")]
    [InlineData("""{"a":""}""", "")]
    [InlineData("""{"a":"\ud83d\ude80"}""", "🚀")]
    [InlineData("""{"a":"\ud800"}""", null)]
    [InlineData("""{"a":"x\udc00y"}""", null)]
    [InlineData("""{"a":7}""", null)]
    [InlineData("""{"b":"x"}""", null)]
    [InlineData("""{"\ud800":"x"}""", null)]
    [InlineData("""["a"]""", null)]
    [InlineData("null", null)]
    public void A_member_is_text_or_nothing(string json, string? expected)
    {
        using JsonDocument document = JsonDocument.Parse(json);

        Assert.Equal(expected, document.RootElement.TextOrNull("a"));
    }
}
