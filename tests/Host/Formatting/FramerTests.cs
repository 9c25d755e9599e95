using System.Buffers;
using System.Text;
using System.Text.Json;
using AuditHost.Formatting;
using AuditHost.Sdk;

namespace AuditHost.Tests.Formatting;

public sealed class FramerTests
{
    [Theory]
    [InlineData(Framing.None, "{}[1]\"é\"")]
    [InlineData(Framing.Newline, "{}\n[1]\n\"é\"\n")]
    [InlineData(Framing.JsonArray, "[{},[1],\"é\"]")]
    [InlineData(Framing.OctetCount, "2 {}3 [1]4 \"é\"")]
    [InlineData(Framing.Nul, "{}\0[1]\0\"é\"\0")]
    public void Events_are_joined(Framing framing, string body) => Assert.Equal(body, Frame(framing, "{}", "[1]", "\"é\""));

    [Theory]
    [InlineData(Framing.None, "")]
    [InlineData(Framing.Newline, "")]
    [InlineData(Framing.JsonArray, "[]")]
    [InlineData(Framing.OctetCount, "")]
    [InlineData(Framing.Nul, "")]
    public void Empty_batch_is_a_valid_body(Framing framing, string body) => Assert.Equal(body, Frame(framing));

    [Theory]
    [InlineData(0, "0 ")]
    [InlineData(int.MaxValue, "2147483647 ")]
    public void Octet_count_is_written_to_ten_digits(int length, string prefix)
    {
        var output = new ArrayBufferWriter<byte>();
        Framer.BeforeEvent(Framing.OctetCount, true, length, output);

        Assert.Equal(prefix, Encoding.ASCII.GetString(output.WrittenSpan));
        Assert.InRange(output.WrittenCount, 1, Framer.MaxOverhead);
    }

    [Fact]
    public void Sample_events_are_valid_json_as_an_array()
    {
        string[] lines = [.. Rendering.Samples().Select(sample => Encoding.UTF8.GetString(sample.Json.Span))];

        using var array = JsonDocument.Parse(Frame(Framing.JsonArray, lines));
        Assert.Equal(lines, array.RootElement.EnumerateArray().Select(element => element.GetRawText()));
    }

    private static string Frame(Framing framing, params string[] events)
    {
        var output = new ArrayBufferWriter<byte>();
        Framer.Begin(framing, output);
        for (int index = 0; index < events.Length; index++)
        {
            byte[] payload = Encoding.UTF8.GetBytes(events[index]);
            Framer.BeforeEvent(framing, index == 0, payload.Length, output);
            output.Write(payload);
            Framer.AfterEvent(framing, output);
        }

        Framer.End(framing, output);
        return Encoding.UTF8.GetString(output.WrittenSpan);
    }
}
