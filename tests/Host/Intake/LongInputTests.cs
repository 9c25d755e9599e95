using AuditHost.Configuration.Options;
using AuditHost.Intake;

namespace AuditHost.Tests.Intake;

[Collection(nameof(AloneCollection))]
public sealed class LongInputTests
{
    [Theory]
    [InlineData("{\"a\":\"", (byte)'x', "\"}\n{\"a\":1}\n")]
    [InlineData("", (byte)'x', "\n{\"a\":1}\n")]
    [InlineData("{\"a\":", (byte)' ', "2}\n{\"a\":1}\n")]
    public async Task A_line_of_300_MB_is_passed_over_in_little_memory(string beginning, byte filler, string end)
    {
        const long Length = 300L << 20;
        var sink = new RecordingSink();
        var rejected = new RecordedRejections();
        await using var input = new RepeatingStream(System.Text.Encoding.UTF8.GetBytes(beginning), filler, Length, System.Text.Encoding.UTF8.GetBytes(end));
        long before = GC.GetTotalAllocatedBytes(precise: true);

        await new StandardInputSource(new StandardInputSourceOptions(), input, sink, rejected, TimeProvider.System).RunAsync(TestContext.Current.CancellationToken);

        Assert.InRange(GC.GetTotalAllocatedBytes(precise: true) - before, 0, 16 << 20);
        Assert.Equal(["{\"a\":1}"], sink.Events);
        (long offset, long length, string data, _) = Assert.Single(rejected.Pieces);
        Assert.Equal(0, offset);
        Assert.InRange(length, Length, Length + 64);
        Assert.Equal(IRejectedInput.KeptBytes, data.Length);
    }
}
