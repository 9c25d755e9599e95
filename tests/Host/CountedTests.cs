namespace AuditHost.Tests;

public sealed class CountedTests
{
    [Theory]
    [InlineData(0, "0 events")]
    [InlineData(1, "1 event")]
    [InlineData(2, "2 events")]
    [InlineData(12_345, "12,345 events")]
    public void One_stands_alone(long number, string expected) => Assert.Equal(expected, Counted.Of(number, "event"));
}
