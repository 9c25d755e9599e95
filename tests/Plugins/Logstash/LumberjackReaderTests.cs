using System.Text;
using AuditHost.Fakes.Logstash;

namespace AuditHost.Plugins.Tests.Logstash;

/// <summary>The fake is strict: what breaks a rule is refused.</summary>
public sealed class LumberjackReaderTests
{
    private static CancellationToken Cancelled => Xunit.TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("325700000001324a000000010000000c7b226964223a22652d31227d")]
    [InlineData("325700000001" + "324300000000")]
    public async Task The_vector_is_taken_and_what_is_cut_off_is_not(string window)
    {
        var reader = new LumberjackReader(new MemoryStream(Convert.FromHexString(window)));

        if (window.EndsWith("7d", StringComparison.Ordinal))
            Assert.Equal("""{"id":"e-1"}""", Encoding.UTF8.GetString(Assert.Single((await reader.ReadAsync(Cancelled))!).Span));
        else
            await Assert.ThrowsAsync<FormatException>(() => reader.ReadAsync(Cancelled));
    }

    [Theory]
    [InlineData("315700000001", "version")]
    [InlineData("324a00000001", "'W' is due")]
    [InlineData("325700000000", "no events")]
    [InlineData("325700000001325700000001", "'J' is due")]
    [InlineData("325700000001324a0000000200000001", "number 2")]
    [InlineData("325700000001324a0000000000000001", "number 0")]
    [InlineData("325700000001324a0000000100000000", "0 bytes")]
    [InlineData("325700000001314a000000010000000101", "version")]
    [InlineData("32570000000132430000000200ff", "no zlib")]
    public async Task What_breaks_a_rule_is_refused(string window, string rule)
    {
        var reader = new LumberjackReader(new MemoryStream(Convert.FromHexString(window)));

        FormatException refused = await Assert.ThrowsAsync<FormatException>(() => reader.ReadAsync(Cancelled));

        Assert.Contains(rule, refused.Message, StringComparison.Ordinal);
    }
}
