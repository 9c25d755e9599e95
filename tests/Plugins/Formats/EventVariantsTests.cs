using System.Text.Json;

namespace AuditHost.Plugins.Tests.Formats;

/// <summary>That there are variants at all: a test over none would pass.</summary>
public sealed class EventVariantsTests
{
    [Theory]
    [MemberData(nameof(SampleEvents.Indexes), MemberType = typeof(SampleEvents))]
    public void Every_member_of_a_sample_is_varied(int index)
    {
        string[] changes = [.. EventVariants.Of(index).Select(static variant => variant.Change)];

        using JsonDocument sample = JsonDocument.Parse(SampleEvents.Lines[index]);
        foreach (JsonProperty member in sample.RootElement.GetProperty("payload").GetProperty("data").EnumerateObject())
        {
            Assert.Contains($"without payload.data.{member.Name}", changes);
            Assert.Contains($"payload.data.{member.Name} is null", changes);
        }
    }

    [Fact]
    public void Accesses_are_of_every_type_to_every_kind_of_resource() => Assert.Equal(5 * 6 * 3, EventVariants.Accesses().Distinct().Count());
}
