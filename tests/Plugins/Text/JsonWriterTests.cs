using System.Buffers;
using System.Text;
using System.Text.Json;
using AuditHost.PluginKit.Text;
using AuditHost.Sdk;
using AuditHost.Sdk.Testing;

namespace AuditHost.Plugins.Tests.Text;

public sealed class JsonWriterTests
{
    private delegate void Writing(ref JsonWriter json);

    [Fact]
    public void Commas_come_by_themselves()
    {
        string text = Write((ref JsonWriter json) =>
        {
            json.BeginObject();
            json.Name("a"u8);
            json.BeginArray();
            json.Number(1);
            json.Boolean(true);
            json.BeginObject();
            json.EndObject();
            json.String("x");
            json.EndArray();
            json.Member("b"u8, "y"u8);
            json.Member("empty"u8, ""u8);
            json.Name("c"u8);
            json.Literal("null"u8);
            json.EndObject();
            json.Separator((byte)'\n');
            json.BeginObject();
            json.EndObject();
        });

        Assert.Equal("{\"a\":[1,true,{},\"x\"],\"b\":\"y\",\"c\":null}\n{}", text);
    }

    [Fact]
    public void Values_of_an_event_go_over_as_they_were_received()
    {
        AuditEvent auditEvent = TestEvent.Parse("""{"event_id":"e","s":"a\"\u00e9\n","n":1.50,"t":true,"o":{"x" : [1 ,2]},"z":null}""");
        string text = Write((ref JsonWriter json) =>
        {
            json.BeginObject();
            foreach (string name in (string[])["s", "n", "t", "o", "z", "missing"])
                json.Member(Encoding.ASCII.GetBytes(name), auditEvent.Find(name));
            json.Name("null"u8);
            json.Value(auditEvent.Find("z"));
            json.EndObject();
        });

        Assert.Equal("""{"s":"a\"\u00e9\n","n":1.50,"t":true,"o":{"x" : [1 ,2]},"null":null}""", text);
    }

    [Fact]
    public void A_member_that_has_to_be_of_a_kind_is_of_it_or_left_out()
    {
        AuditEvent auditEvent = TestEvent.Parse(
            """{"event_id":"e","s":"a\n","half":"\ud800","empty":"","n":1.5,"i":-7,"big":18446744073709551616,"t":true,"o":{},"a":["x",1,["y"],{"z":"z"},"","w\""],"none":[1],"z":null}""");
        string[] names = ["s", "half", "empty", "n", "i", "big", "t", "o", "a", "none", "z", "missing"];
        string text = Write((ref JsonWriter json) =>
        {
            json.BeginObject();
            foreach (string name in names)
                json.TextMember(Encoding.ASCII.GetBytes(name), auditEvent.Find(name));
            foreach (string name in names)
                json.IntegerMember(Encoding.ASCII.GetBytes(name), auditEvent.Find(name));
            foreach (string name in names)
                json.TextListMember(Encoding.ASCII.GetBytes(name), auditEvent.Find(name));
            json.EndObject();
        });

        Assert.Equal("""{"s":"a\u000a","half":"�","n":"1.5","i":"-7","big":"18446744073709551616","t":"true","i":-7,"a":["x","w\""]}""", text);
    }

    [Fact]
    public void A_value_with_line_breaks_ends_up_on_one_line()
    {
        AuditEvent auditEvent = TestEvent.Parse("{\"event_id\":\"e\",\"o\":{\r\n \"x\" : \"a b\"\n}}");

        Assert.Equal("""{"x":"a b"}""", Write((ref JsonWriter json) => json.Value(auditEvent.Find("o"))));
    }

    [Fact]
    public void Any_value_can_become_text()
    {
        AuditEvent auditEvent = TestEvent.Parse("""{"event_id":"e","n":17,"o":{"x":"y"}}""");

        Assert.Equal("""["17","{\"x\":\"y\"}",null]""", Write((ref JsonWriter json) =>
        {
            json.BeginArray();
            json.Text(auditEvent.Find("n"));
            json.Text(auditEvent.Find("o"));
            json.Text(auditEvent.Find("p"));
            json.EndArray();
        }));
    }

    [Fact]
    public void Every_character_that_needs_an_escape_gets_one()
    {
        string all = string.Concat(Enumerable.Range(0, 128).Select(one => (char)one)) + "é€🔒";

        string fromUtf8 = Write((ref JsonWriter json) => json.String(Encoding.UTF8.GetBytes(all)));
        string fromText = Write((ref JsonWriter json) => json.String(all));

        Assert.Equal(all, JsonSerializer.Deserialize<string>(fromUtf8));
        Assert.Equal(all, JsonSerializer.Deserialize<string>(fromText));
    }

    [Theory]
    [InlineData("2026-11-23T20:00:00.1234567Z", "1795464000.123456")]
    [InlineData("1970-01-01T00:00:00Z", "0.000000")]
    [InlineData("1969-12-31T23:59:58.5Z", "-1.500000")]
    public void Seconds_keep_their_microseconds(string time, string expected)
    {
        Assert.Equal(expected, Write((ref JsonWriter json) => json.UnixSeconds(DateTimeOffset.Parse(time, null))));
    }

    [Fact]
    public void A_time_is_written_in_utc()
    {
        Assert.Equal("\"2026-11-23T20:00:00.1234567Z\"", Write((ref JsonWriter json) => json.Time(DateTimeOffset.Parse("2026-11-23T21:00:00.1234567+01:00", null))));
    }

    [Fact]
    public void Writing_allocates_nothing()
    {
        AuditEvent auditEvent = TestEvent.Parse("""{"event_id":"e","s":"a\"b","o":{"x":[1,2]}}""");
        var output = new ArrayBufferWriter<byte>(1 << 20);
        for (int round = 0; round < 100; round++)
            WriteOnce(auditEvent, output);
        output.ResetWrittenCount();

        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int round = 0; round < 1000; round++)
            WriteOnce(auditEvent, output);

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private static void WriteOnce(AuditEvent auditEvent, ArrayBufferWriter<byte> output)
    {
        var json = new JsonWriter(output);
        json.BeginObject();
        json.Member("s"u8, auditEvent.Find("s"));
        json.Member("o"u8, auditEvent.Find("o"));
        json.Member("e"u8, "a\nb"u8);
        json.Name("t"u8);
        json.UnixSeconds(auditEvent.Time);
        json.EndObject();
        json.Flush();
    }

    private static string Write(Writing writing)
    {
        var output = new ArrayBufferWriter<byte>();
        var json = new JsonWriter(output);
        writing(ref json);
        json.Flush();
        return Encoding.UTF8.GetString(output.WrittenSpan);
    }
}
