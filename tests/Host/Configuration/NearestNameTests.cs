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
}
