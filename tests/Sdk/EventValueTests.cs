using System.Buffers;
using System.Text;

namespace AuditHost.Sdk;

public sealed class EventValueTests
{
    [Theory]
    [InlineData(@"plain", "plain")]
    [InlineData(@"", "")]
    [InlineData(@"\""\\\/\b\f\n\r\t", "\"\\/\b\f\n\r\t")]
    [InlineData(@"a\u0041b", "aAb")]
    [InlineData(@"\u00e9\u00E9", "éé")]
    [InlineData(@"\u20ac", "€")]
    [InlineData(@"\ud83d\ude00", "😀")]
    [InlineData(@"x\uD83D\uDE00y", "x😀y")]
    [InlineData(@"\ud83d", "\uFFFD")]
    [InlineData(@"\ude00", "\uFFFD")]
    [InlineData(@"\ud83dx", "\uFFFDx")]
    [InlineData(@"\ud83d\n", "\uFFFD\n")]
    [InlineData(@"\ud83d\ud83d\ude00", "\uFFFD😀")]
    [InlineData(@"\ud83d\u0041", "\uFFFDA")]
    [InlineData(@"\u0000", "\0")]
    [InlineData(@"\\u0041", @"\u0041")]
    public void String_is_decoded_the_same_by_every_member(string raw, string expected)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(raw);
        byte[] decoded = Encoding.UTF8.GetBytes(expected);
        var value = new EventValue(EventValueKind.String, bytes);
        var output = new ArrayBufferWriter<byte>();
        value.WriteTo(output);
        byte[] copy = new byte[bytes.Length];

        Assert.Equal(expected, value.ToString());
        Assert.Equal(decoded, output.WrittenSpan.ToArray());
        Assert.Equal(decoded, copy[..value.CopyTo(copy)]);
        Assert.True(value.Equals(decoded));
        Assert.False(value.Equals([.. decoded, (byte)'!']));
        Assert.Equal(raw == expected, value.Equals(bytes));
        Assert.Equal(raw.Contains('\\'), value.IsEscaped);
    }

    [Theory]
    [InlineData(EventValueKind.Missing, "")]
    [InlineData(EventValueKind.Null, "null")]
    public void Value_that_is_not_there_writes_nothing(EventValueKind kind, string raw)
    {
        var value = new EventValue(kind, Encoding.UTF8.GetBytes(raw));
        var output = new ArrayBufferWriter<byte>();
        value.WriteTo(output);

        Assert.False(value.HasValue);
        Assert.Equal(0, output.WrittenCount);
        Assert.Equal(0, value.CopyTo(new byte[8]));
        Assert.Empty(value.ToString());
        Assert.False(value.Equals("null"u8));
        Assert.False(value.Equals(default));
    }

    [Fact]
    public void Token_other_than_a_string_is_passed_on_as_received()
    {
        var value = new EventValue(EventValueKind.Object, """{"path":"C:\\temp"}"""u8);

        Assert.False(value.IsEscaped);
        Assert.Equal("""{"path":"C:\\temp"}""", value.ToString());
    }

    [Theory]
    [InlineData(EventValueKind.Number, "42", true, 42)]
    [InlineData(EventValueKind.Number, "-9223372036854775808", true, long.MinValue)]
    [InlineData(EventValueKind.String, "42", true, 42)]
    [InlineData(EventValueKind.Number, "4.5", false, 0)]
    [InlineData(EventValueKind.Number, "9223372036854775808", false, 0)]
    [InlineData(EventValueKind.String, "42 apples", false, 0)]
    [InlineData(EventValueKind.String, "", false, 0)]
    [InlineData(EventValueKind.Boolean, "true", false, 0)]
    [InlineData(EventValueKind.Missing, "", false, 0)]
    public void Whole_number_is_read_from_a_number_or_a_string(EventValueKind kind, string raw, bool expected, long number)
    {
        bool read = new EventValue(kind, Encoding.UTF8.GetBytes(raw)).TryGetInt64(out long value);

        Assert.Equal(expected, read);
        if (read)
            Assert.Equal(number, value);
    }

    [Theory]
    [InlineData(EventValueKind.Number, "1.5e3", true, 1500)]
    [InlineData(EventValueKind.String, "0.25", true, 0.25)]
    [InlineData(EventValueKind.String, "1,5", false, 0)]
    [InlineData(EventValueKind.Array, "[1]", false, 0)]
    public void Number_is_read_from_a_number_or_a_string(EventValueKind kind, string raw, bool expected, double number)
    {
        bool read = new EventValue(kind, Encoding.UTF8.GetBytes(raw)).TryGetDouble(out double value);

        Assert.Equal(expected, read);
        if (read)
            Assert.Equal(number, value);
    }

    [Fact]
    public void Reading_a_value_allocates_nothing()
    {
        var output = new ArrayBufferWriter<byte>(4096);
        byte[] target = new byte[64];
        Read(output, target);
        output.ResetWrittenCount();

        long before = GC.GetAllocatedBytesForCurrentThread();
        Read(output, target);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.Equal("alicealice", Encoding.UTF8.GetString(output.WrittenSpan));

        static void Read(ArrayBufferWriter<byte> output, byte[] target)
        {
            var plain = new EventValue(EventValueKind.String, "alice"u8);
            var escaped = new EventValue(EventValueKind.String, "a\\u006cice"u8);
            plain.WriteTo(output);
            escaped.WriteTo(output);
            if (plain.CopyTo(target) != escaped.CopyTo(target) || !plain.Equals("alice"u8) || !escaped.Equals("alice"u8))
                throw new InvalidOperationException("The two spell the same name.");
        }
    }
}
