using System.Text.Encodings.Web;
using System.Text.Json;
using System.Xml;
using System.Xml.Linq;
using AuditHost.Formats.Xml;
using AuditHost.Sdk;
using AuditHost.Sdk.Testing;

namespace AuditHost.Plugins.Tests.Formats;

public sealed class XmlFormatterTests
{
    private static readonly IEventFormatter Formatter = Rendering.Create(new XmlFormatterFactory());
    private static readonly JsonSerializerOptions Raw = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    [Fact]
    public void Each_kind_of_value_has_its_form()
    {
        string json = """
            {"event_id":"e<1>","timestamp":"2026-03-31T06:52:12Z","event_type":"a&\"b\"","n":1.50,"ok":true,"none":null,
             "list":[1,["x"],{"k":"v"},null],"empty":{},"blank":"","two\nlines":"l1\nl2\ttab\r","source ip":"::1","9":"nine","xmlns":"x","":"no name","größe":"g"}
            """;
        string[] expected =
        [
            "<event><event_id>e&lt;1&gt;</event_id><timestamp>2026-03-31T06:52:12Z</timestamp><event_type>a&amp;&quot;b&quot;</event_type>",
            "<n>1.50</n><ok>true</ok><none nil=\"true\"></none>",
            "<list><item>1</item><item><item>x</item></item><item><k>v</k></item><item nil=\"true\"></item></list>",
            "<empty></empty><blank></blank><two_lines name=\"two&#10;lines\">l1&#10;l2&#9;tab&#13;</two_lines>",
            "<source_ip name=\"source ip\">::1</source_ip><_9 name=\"9\">nine</_9><_xmlns name=\"xmlns\">x</_xmlns>",
            "<_ name=\"\">no name</_><gr__e name=\"größe\">g</gr__e></event>",
        ];
        Assert.Equal(string.Concat(expected), Formatter.Render(TestEvent.Parse(json)));
    }

    [Theory]
    [MemberData(nameof(SampleEvents.Indexes), MemberType = typeof(SampleEvents))]
    public void Sample_event_reads_back_member_by_member(int index)
    {
        string xml = Formatter.Render(SampleEvents.Parse(index));

        Assert.DoesNotContain('\n', xml);
        using var json = JsonDocument.Parse(SampleEvents.Lines[index]);
        AssertSame(json.RootElement, Read(xml));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Every_character_reads_back_or_is_replaced(bool escaped)
    {
        for (int code = 0; code <= 0xFFFF; code++)
        {
            // A lone surrogate is no character; only an escape can bring one in.
            if (char.IsSurrogate((char)code) && !escaped)
                continue;
            if (code is > 0x3000 and < 0xD7F0 or > 0xE010 and < 0xFE00)
                continue;
            string text = $"a{(char)code}b";
            string xml = Formatter.Render(TestEvent.Parse(EventOf(text, escaped)));
            string expected = XmlConvert.IsXmlChar((char)code) ? text : "a\uFFFDb";
            Assert.Equal(expected, Read(xml).Element("event_type")!.Value);
            Assert.Equal(expected, Read(xml).Elements().Last().Attribute("name")?.Value ?? Read(xml).Elements().Last().Name.LocalName);
        }
    }

    [Fact]
    public void Root_element_is_named_by_the_settings()
    {
        IEventFormatter formatter = Rendering.Create(new XmlFormatterFactory(), """{"root_element":"AuditEvent"}""");

        Assert.Equal("AuditEvent", Read(formatter.Render(SampleEvents.Parse(0))).Name.LocalName);
    }

    private static string EventOf(string text, bool escaped)
    {
        string token = escaped
            ? $"\"{string.Concat(text.Select(static character => $"\\u{(int)character:x4}"))}\""
            : JsonSerializer.Serialize(text, Raw);

        // The host takes no member name with half a character in it.
        string name = text.Any(char.IsSurrogate) ? "\"a\uFFFDb\"" : token;
        return $$"""{"event_id":"e","timestamp":"2026-03-31T06:52:12Z","event_type":{{token}},{{name}}:1}""";
    }

    private static XElement Read(string xml)
    {
        using var reader = XmlReader.Create(new StringReader(xml), new XmlReaderSettings { CheckCharacters = true });
        return XElement.Load(reader, LoadOptions.PreserveWhitespace);
    }

    private static void AssertSame(JsonElement json, XElement xml)
    {
        switch (json.ValueKind)
        {
            case JsonValueKind.Object:
                Assert.Equal(json.EnumerateObject().Select(static member => member.Name), xml.Elements().Select(static element => element.Attribute("name")?.Value ?? element.Name.LocalName));
                foreach ((JsonProperty member, XElement element) in json.EnumerateObject().Zip(xml.Elements()))
                    AssertSame(member.Value, element);
                break;
            case JsonValueKind.Array:
                Assert.Equal(json.GetArrayLength(), xml.Elements("item").Count());
                foreach ((JsonElement item, XElement element) in json.EnumerateArray().Zip(xml.Elements()))
                    AssertSame(item, element);
                break;
            case JsonValueKind.Null:
                Assert.Equal("true", xml.Attribute("nil")?.Value);
                break;
            default:
                Assert.Equal(json.ValueKind == JsonValueKind.String ? json.GetString() : json.GetRawText(), xml.Value);
                break;
        }
    }
}
