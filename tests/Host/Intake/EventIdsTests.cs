using AuditHost.Intake;

namespace AuditHost.Tests.Intake;

public sealed class EventIdsTests
{
    [Fact]
    public void Ids_are_of_version_7_of_now_and_all_different()
    {
        var ids = new EventIds();
        DateTimeOffset before = DateTimeOffset.UtcNow;
        Guid[] made = [.. Enumerable.Range(0, 1000).Select(_ => ids.Next())];
        DateTimeOffset after = DateTimeOffset.UtcNow;

        Assert.Equal(made.Length, made.Distinct().Count());
        Assert.All(made, id =>
        {
            Assert.Equal((7, 0b10), (id.Version, id.Variant >> 2));
            byte[] bytes = id.ToByteArray(bigEndian: true);
            long milliseconds = Convert.ToInt64(Convert.ToHexString(bytes, 0, 6), 16);
            Assert.InRange(milliseconds, before.ToUnixTimeMilliseconds(), after.ToUnixTimeMilliseconds());
        });

        // Every bit that is free is used.
        Assert.All(Enumerable.Range(6, 10), place => Assert.True(made.Select(id => id.ToByteArray(bigEndian: true)[place]).Distinct().Count() > 10));
    }
}
