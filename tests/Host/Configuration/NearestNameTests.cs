using AuditHost.Configuration;

namespace AuditHost.Tests.Configuration;

public sealed class NearestNameTests
{
    [Theory]
    [InlineData("batch_szie", "batch_size")]
    [InlineData("Batch_Size", "batch_size")]
    [InlineData("batchsize", "batch_size")]
    [InlineData("typ", "type")]
    [InlineData("tpye", "type")]
    [InlineData("ab", null)]
    [InlineData("format_of_events", null)]
    public void Nearest_name_is_found_where_one_is_near(string name, string? expected)
    {
        Assert.Equal(expected, NearestName.Find(name, ["batch_size", "type", "format"]));
    }

    [Theory]
    [InlineData("tpc", "tcp")]
    [InlineData("Highh", "High")]
    [InlineData("1.1", null)]
    public void Nearest_value_is_a_word_and_never_a_number(string value, string? expected)
    {
        Assert.Equal(expected, NearestName.FindValue(value, ["udp", "tcp", "High", "1.2", ""]));
    }
}
