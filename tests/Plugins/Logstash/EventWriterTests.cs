using System.Buffers;
using System.Text;
using AuditHost.Connectors.Logstash;
using AuditHost.Sdk.Testing;

namespace AuditHost.Plugins.Tests.Logstash;

public sealed class EventWriterTests
{
    private const string Front = """{"@timestamp":"2026-11-23T20:00:00.1234567Z","@metadata":{"beat":"audithost","version":"1.0"}""";

    [Theory]
    [InlineData("""{"id":"e-1"}""", Front + ""","id":"e-1"}""")]
    [InlineData(""" { "id" : "e-1" } """, Front + ""","id" : "e-1"}""")]
    [InlineData("{\r\n  \"id\": \"a  b\",\n  \"n\": [1,\n2]\n}\n", Front + ""","id":"a  b","n":[1,2]}""")]
    [InlineData("{}", Front + "}")]
    [InlineData("{ \n }", Front + "}")]
    [InlineData("""{"@timestamp":"2020-01-01T00:00:00Z"}""", """{"@metadata":{"beat":"audithost","version":"1.0"},"@timestamp":"2020-01-01T00:00:00Z"}""")]
    [InlineData("""{"a":1,"@metadata":{"x":1}}""", """{"@timestamp":"2026-11-23T20:00:00.1234567Z","a":1,"@metadata":{"x":1}}""")]
    [InlineData("""{"@metadata":{},"@timestamp":"t"}""", """{"@metadata":{},"@timestamp":"t"}""")]
    [InlineData("""{"a":{"@timestamp":1},"b":"@metadata"}""", Front + ""","a":{"@timestamp":1},"b":"@metadata"}""")]
    public void Object_keeps_its_members_as_they_are(string payload, string expected) => Assert.Equal(expected, Write(payload, isJson: true));

    [Theory]
    [InlineData("[1,2]", true, "[1,2]")]
    [InlineData("null", true, "null")]
    [InlineData("{\"a\":1}", false, """{\"a\":1}""")]
    [InlineData("CEF:0|a|\"b\"|\\é\n", false, """CEF:0|a|\"b\"|\\é\u000a""")]
    public void Anything_else_is_a_message(string payload, bool isJson, string expected) =>
        Assert.Equal(Front + $$""","message":"{{expected}}"}""", Write(payload, isJson));

    [Fact]
    public void Beat_is_the_sites() =>
        Assert.Contains("""{"beat":"my\u0022beat","version":"1.0"}""", Write("{}", isJson: true, beat: "my\"beat"), StringComparison.Ordinal);

    private static string Write(string payload, bool isJson, string beat = "audithost")
    {
        var output = new ArrayBufferWriter<byte>();
        new EventWriter(beat).Write(
            TestEvent.Parse("""{"event_id":"e","timestamp":"2026-11-23T20:00:00.123456789Z"}"""), Encoding.UTF8.GetBytes(payload), isJson, output);
        return Encoding.UTF8.GetString(output.WrittenSpan);
    }
}
