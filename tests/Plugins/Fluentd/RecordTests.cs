using System.Text.Json.Nodes;
using AuditHost.Connectors.Fluentd;
using AuditHost.Fakes.Fluentd;
using AuditHost.Sdk.Testing;

namespace AuditHost.Plugins.Tests.Fluentd;

/// <summary>JSON to MessagePack, byte by byte, and back through the fake's own reader.</summary>
public sealed class RecordTests
{
    private static readonly DateTimeOffset Received = new(2026, 3, 31, 7, 0, 0, 250, TimeSpan.Zero);

    [Theory]
    [InlineData("{}", "80")]
    [InlineData("""{"id":"e-1"}""", "81a26964a3652d31")]
    [InlineData("""{"a":[]}""", "81a16190")]
    [InlineData(""" { "a" : [ true , false , null ] } """, "81a16193c3c2c0")]
    [InlineData("""{"a":{"b":{"c":[1,[2]]}}}""", "81a16181a16281a1639201" + "9102")]
    [InlineData("""{"a":127}""", "81a1617f")]
    [InlineData("""{"a":128}""", "81a161cc80")]
    [InlineData("""{"a":255}""", "81a161ccff")]
    [InlineData("""{"a":256}""", "81a161cd0100")]
    [InlineData("""{"a":65536}""", "81a161ce00010000")]
    [InlineData("""{"a":4294967296}""", "81a161cf0000000100000000")]
    [InlineData("""{"a":9223372036854775807}""", "81a161cf7fffffffffffffff")]
    [InlineData("""{"a":18446744073709551615}""", "81a161cfffffffffffffffff")]
    [InlineData("""{"a":18446744073709551616}""", "81a161b4" + "3138343436373434303733373039353531363136")]
    [InlineData("""{"a":-1}""", "81a161ff")]
    [InlineData("""{"a":-32}""", "81a161e0")]
    [InlineData("""{"a":-33}""", "81a161d0df")]
    [InlineData("""{"a":-129}""", "81a161d1ff7f")]
    [InlineData("""{"a":-32769}""", "81a161d2ffff7fff")]
    [InlineData("""{"a":-2147483649}""", "81a161d3ffffffff7fffffff")]
    [InlineData("""{"a":-9223372036854775808}""", "81a161d38000000000000000")]
    [InlineData("""{"a":-9223372036854775809}""", "81a161b4" + "2d39323233333732303336383534373735383039")]
    [InlineData("""{"a":1.5}""", "81a161cb3ff8000000000000")]
    [InlineData("""{"a":-0.1}""", "81a161cbbfb999999999999a")]
    [InlineData("""{"a":1e2}""", "81a161cb4059000000000000")]
    [InlineData("""{"a":1e400}""", "81a161a5" + "3165343030")]
    [InlineData("""{"a":0.30000000000000004}""", "81a161cb3fd3333333333334")]
    [InlineData("""{"a":0.12345678901234567}""", "81a161b3" + "302e3132333435363738393031323334353637")]
    [InlineData("""{"a":0.123456789012345678}""", "81a161b4" + "302e313233343536373839303132333435363738")]
    [InlineData("""{"a":"x\"\\\/\b\f\n\r\t"}""", "81a161a9" + "78225c2f080c0a0d09")]
    [InlineData("""{"a":"\u00e9\ud83d\ude80é"}""", "81a161a8" + "c3a9f09f9a80c3a9")]
    [InlineData("""{"a":"\ud800"}""", "81a161a3" + "efbfbd")]
    [InlineData("""{"\u0061":1}""", "81a16101")]
    public void Each_value_has_its_shortest_form(string json, string expected) => Assert.Equal(expected, Convert.ToHexStringLower(Write(json)));

    [Theory]
    [InlineData(15)]
    [InlineData(16)]
    [InlineData(65535)]
    [InlineData(65536)]
    public void Containers_of_any_size_come_back(int count)
    {
        string json = $$"""{"a":[{{string.Join(',', Enumerable.Range(0, count))}}],"m":{{{string.Join(',', Enumerable.Range(0, count).Select(number => $"\"k{number}\":[{number}]"))}}},"z":"end"}""";

        AssertComesBack(json);
    }

    [Theory]
    [InlineData(31)]
    [InlineData(32)]
    [InlineData(255)]
    [InlineData(256)]
    [InlineData(65535)]
    [InlineData(65536)]
    public void Texts_of_any_length_come_back(int length)
    {
        AssertComesBack($$"""{"a":"{{new string('x', length)}}"}""");
        AssertComesBack($$"""{"a":"{{new string('x', length - 1)}}\n","z":1}""");
    }

    [Fact]
    public void Nesting_as_deep_as_the_host_takes_comes_back() =>
        AssertComesBack("{\"a\":" + new string('[', 60) + "1" + new string(']', 60) + "}");

    [Theory]
    [InlineData("application/json", "[1,2]")]
    [InlineData("application/json", "\"text\"")]
    [InlineData("application/json", "{not json")]
    [InlineData("application/json", "{\"a\":1} trailing")]
    [InlineData("application/json", "{\"a\":1}{\"b\":2}")]
    [InlineData("text/plain", "{\"a\":1}")]
    [InlineData("text/plain", "CEF:0|a|b|é")]
    public void What_is_no_json_object_is_a_message(string contentType, string payload)
    {
        bool isJson = contentType == "application/json";

        Assert.Equal($$"""{"message":{{JsonValue.Create(payload).ToJsonString()}}}""", Read(Write(payload, isJson)).ToJsonString());
    }

    [Fact]
    public void Nesting_deeper_than_the_bound_is_a_message()
    {
        string payload = string.Concat(Enumerable.Repeat("{\"a\":", 100)) + "1" + new string('}', 100);

        Assert.Equal(payload, (string?)Read(Write(payload))["message"]);
    }

    [Theory]
    [InlineData("2026-11-23T20:00:00.123456789Z", 1795464000u, 123456789u)]
    [InlineData("2026-11-23T21:00:00.5+01:00", 1795464000u, 500000000u)]
    [InlineData("2026-11-23T20:00:00Z", 1795464000u, 0u)]
    [InlineData("2026-11-23T20:00:00.00000001Z", 1795464000u, 10u)]
    [InlineData("2106-02-07T06:28:15Z", uint.MaxValue, 0u)]
    public void Time_is_exact_to_the_nanosecond(string timestamp, uint seconds, uint nanoseconds) =>
        Assert.Equal((seconds, nanoseconds), TimeOf(timestamp));

    [Theory]
    [InlineData("1970-01-01T00:00:00Z")]
    [InlineData("1969-12-31T23:59:59.9Z")]
    [InlineData("2106-02-07T06:28:16Z")]
    [InlineData("0001-01-01T00:00:00Z")]
    public void Time_that_fluentd_does_not_have_is_that_of_receipt(string timestamp)
    {
        Assert.Equal(((uint)Received.ToUnixTimeSeconds(), 250_000_000u), TimeOf(timestamp));
    }

    private static (uint Seconds, uint Nanoseconds) TimeOf(string timestamp)
    {
        using var output = new MessagePackBuffer();
        EventTime.Write(TestEvent.Parse($$"""{"event_id":"e","timestamp":"{{timestamp}}"}""", receivedAt: Received), output);
        (sbyte type, ulong value) = new MessagePackInput(output.Written).ReadExtension8();
        Assert.Equal(0, type);
        return ((uint)(value >> 32), (uint)value);
    }

    private static void AssertComesBack(string json) =>
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(json), Read(Write(json))));

    private static byte[] Write(string payload, bool isJson = true)
    {
        using var output = new MessagePackBuffer();
        RecordWriter.Write(System.Text.Encoding.UTF8.GetBytes(payload), isJson, output);
        return output.Written.ToArray();
    }

    private static JsonObject Read(byte[] record)
    {
        var input = new MessagePackInput(record);
        JsonObject read = Assert.IsType<JsonObject>(input.ReadValue());
        Assert.True(input.IsAtEnd);
        return read;
    }
}
