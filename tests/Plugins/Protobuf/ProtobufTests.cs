using AuditHost.PluginKit.Protobuf;
using AuditHost.PluginKit.Text;

namespace AuditHost.Plugins.Tests.Protobuf;

/// <summary>Protobuf's wire format by hand; bytes as in the encoding guide of protobuf.dev.</summary>
public sealed class ProtobufTests
{
    [Theory]
    [InlineData(0UL, "0800")]
    [InlineData(150UL, "089601")]
    [InlineData(ulong.MaxValue, "08FFFFFFFFFFFFFFFFFF01")]
    public void Integers_are_varints(ulong value, string expected)
    {
        Assert.Equal(expected, Write(writer => writer.Varint(1, value)));

        var reader = new ProtobufReader(Convert.FromHexString(expected));
        Assert.True(reader.Read());
        Assert.Equal((1, value), (reader.Field, reader.Integer!.Value));
        Assert.False(reader.Read());
        Assert.False(reader.IsBroken);
    }

    [Fact]
    public void Texts_have_their_length_before_them() => Assert.Equal("120774657374696E67", Write(static writer => writer.Bytes(2, "testing"u8)));

    [Theory]
    [InlineData(0)]
    [InlineData(100)]
    [InlineData(100_000)]
    public void A_message_within_a_message_has_its_length_however_wrong_the_estimate_was(int expected) => Assert.Equal("1A03089601", Write(writer =>
    {
        NestedMessage message = writer.Begin(3, expected);
        writer.Varint(1, 150);
        writer.End(message);
    }));

    [Theory]
    [InlineData("08")]
    [InlineData("0896")]
    [InlineData("1207")]
    [InlineData("0000")]
    [InlineData("0B0C")]
    [InlineData("08FFFFFFFFFFFFFFFFFFFF01")]
    public void What_breaks_off_is_broken(string message)
    {
        var reader = new ProtobufReader(Convert.FromHexString(message));

        Assert.False(reader.Read());
        Assert.True(reader.IsBroken);
    }

    private static string Write(Action<ProtobufWriter> write)
    {
        using var buffer = new PooledBuffer(16);
        write(new ProtobufWriter(buffer));
        return Convert.ToHexString(buffer.Written.Span);
    }
}
