using System.Buffers;
using System.Text;
using AuditHost.PluginKit.Text;

namespace AuditHost.Plugins.Tests.Text;

public sealed class PooledBufferTests
{
    [Theory]
    [InlineData(2, 3, "", "abfg")]
    [InlineData(2, 3, "X", "abXfg")]
    [InlineData(2, 3, "XYZ", "abXYZfg")]
    [InlineData(0, 0, "XYZ", "XYZabcdefg")]
    [InlineData(7, 0, "XYZ", "abcdefgXYZ")]
    [InlineData(5, 2, "", "abcde")]
    public void A_part_is_replaced_and_what_stands_behind_it_moves(int start, int length, string by, string expected)
    {
        // No larger than what is in it, so that it has to grow.
        using var buffer = new PooledBuffer(7);
        buffer.Write("abcdefg"u8);

        Encoding.ASCII.GetBytes(by).CopyTo(buffer.Replace(start, length, by.Length));

        Assert.Equal(expected, Encoding.ASCII.GetString(buffer.Written.Span));
    }

    [Fact]
    public void A_part_that_is_made_longer_may_need_a_larger_array()
    {
        using var buffer = new PooledBuffer(16);
        buffer.Write("abc"u8);

        buffer.Replace(1, 1, 10_000).Fill((byte)'x');

        Assert.Equal("a" + new string('x', 10_000) + "c", Encoding.ASCII.GetString(buffer.Written.Span));
    }

    [Theory]
    [InlineData(2, 2)]
    [InlineData(-1, 1)]
    [InlineData(0, -1)]
    public void A_part_that_was_never_written_cannot_be_replaced(int start, int length)
    {
        using var buffer = new PooledBuffer(16);
        buffer.Write("abc"u8);

        Assert.Throws<ArgumentOutOfRangeException>(() => buffer.Replace(start, length, 5).Length);
    }
}
