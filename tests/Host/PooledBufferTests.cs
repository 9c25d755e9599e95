namespace AuditHost.Tests;

public sealed class PooledBufferTests
{
    [Theory]
    [InlineData(int.MaxValue)]
    [InlineData(64 << 10)]
    [InlineData(0)]
    public void What_was_written_stays_while_it_grows(int largestPooled)
    {
        using var buffer = new PooledBuffer(16, largestPooled);
        for (int number = 0; number < 300_000; number++)
        {
            buffer.GetSpan(1)[0] = (byte)number;
            buffer.Advance(1);
        }

        Assert.Equal(Enumerable.Range(0, 300_000).Select(number => (byte)number), buffer.Written.ToArray());
    }

    [Fact]
    public void Large_buffer_of_its_own_leaves_less_than_a_quarter_unused()
    {
        using var buffer = new PooledBuffer(16, 64 << 10);
        for (int number = 0; number < 300_000; number++)
        {
            buffer.GetSpan(1);
            buffer.Advance(1);
        }

        Assert.InRange(buffer.GetSpan().Length, 1, 300_000 / 4);
    }

    [Fact]
    public void One_piece_beyond_every_size_fits()
    {
        using var buffer = new PooledBuffer(16, 64 << 10);

        Assert.True(buffer.GetSpan(1_000_000).Length >= 1_000_000);
    }
}
