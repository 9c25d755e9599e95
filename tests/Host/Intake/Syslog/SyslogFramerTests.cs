using System.Text;
using AuditHost.Intake.Syslog;

namespace AuditHost.Tests.Intake.Syslog;

public sealed class SyslogFramerTests
{
    private const int MaxBytes = 20;

    [Theory]
    [InlineData("<13>a\n<13>b\n", "<13>a|<13>b")]
    [InlineData("<13>a\r\n\r\n\n<13>b\n", "<13>a|<13>b")]
    [InlineData("<13>a\0<13>b\0", "<13>a|<13>b")]
    [InlineData("5 <13>a6 <13>b\n", "<13>a|<13>b\n")]
    [InlineData("5 <13>a<13>b\n5 <13>c", "<13>a|<13>b|<13>c")]
    [InlineData("7 <13>a\nb", "<13>a\nb")]
    [InlineData("no priority\n", "no priority")]
    public void Either_framing_is_found_message_by_message(string stream, string messages) =>
        Assert.Equal(messages.Split('|'), Read(stream).Select(frame => frame.Text));

    [Theory]
    [InlineData("")]
    [InlineData("<13>a")]
    [InlineData("1")]
    [InlineData("12")]
    [InlineData("9999999")]
    [InlineData("5 ")]
    [InlineData("5 <13>")]
    public void Part_of_a_message_waits_for_its_rest(string stream) => Assert.Empty(Read(stream));

    [Theory]
    [InlineData("99999999")]
    [InlineData("99999999 <13>a")]
    [InlineData("12<13>a")]
    [InlineData("5\n<13>a")]
    [InlineData("1e3 <13>a")]
    public void Digits_that_are_no_number_of_octets_break_the_stream(string stream) =>
        Assert.Equal((FrameResult.Broken, stream), Assert.Single(Read(stream)));

    [Fact]
    public void Message_that_is_too_long_is_known_by_its_count_at_once()
    {
        var framer = new SyslogFramer(MaxBytes);

        FrameResult result = framer.Next("1000 <13>abc"u8, out Range message, out int used, out int rest);

        Assert.Equal((FrameResult.TooLong, 5..12, 12, 993), (result, message, used, rest));
    }

    [Theory]
    [InlineData("<13>aaaaaaaaaaaaaaaaaaaaaaaa", 28, -1)]
    [InlineData("<13>aaaaaaaaaaaaaaaaaaaaaaaa\n<13>b", 29, 0)]
    public void Line_that_is_too_long_ends_where_it_ends(string stream, int expectedUsed, int expectedRest)
    {
        var framer = new SyslogFramer(MaxBytes);

        FrameResult result = framer.Next(Encoding.ASCII.GetBytes(stream), out Range message, out int used, out int rest);

        Assert.Equal((FrameResult.TooLong, ..28, expectedUsed, expectedRest), (result, message, used, rest));
    }

    private static List<(FrameResult Result, string Text)> Read(string stream)
    {
        var framer = new SyslogFramer(MaxBytes);
        byte[] bytes = Encoding.Latin1.GetBytes(stream);
        List<(FrameResult, string)> frames = [];
        for (int position = 0; position < bytes.Length;)
        {
            FrameResult result = framer.Next(bytes.AsSpan(position), out Range message, out int used, out _);
            if (result == FrameResult.Incomplete)
                break;
            if (result != FrameResult.Empty)
                frames.Add((result, Encoding.Latin1.GetString(bytes.AsSpan(position)[message])));
            position += used;
        }

        return frames;
    }
}
