using System.Text;
using AuditHost.PluginKit.Metrics;
using AuditHost.Sdk;

namespace AuditHost.Plugins.Tests.Metrics;

public sealed class LabelValuesTests
{
    [Fact]
    public void Values_are_numbered_in_the_order_they_come()
    {
        var values = new LabelValues(10, "known");

        Assert.Equal([0, 1, 2, 1], new[] { "known", "a", "b", "a" }.Select(text => values.IndexOf(Encoding.UTF8.GetBytes(text))));
        Assert.Equal("b", Encoding.UTF8.GetString(values[2]));
    }

    [Theory]
    [InlineData(2)]
    [InlineData(50)]
    [InlineData(250)]
    public void What_comes_after_the_last_place_is_other(int limit)
    {
        var values = new LabelValues(limit);

        int[] numbers = [.. Enumerable.Range(0, 1000).Select(i => values.IndexOf(Encoding.UTF8.GetBytes($"value-{i}")))];

        Assert.Equal(Enumerable.Range(0, limit - 1), numbers.Take(limit - 1));
        Assert.All(numbers.Skip(limit - 1), number => Assert.Equal(values.Other, number));
        Assert.Equal(0, values.IndexOf("value-0"u8));
        Assert.Equal("other", Encoding.UTF8.GetString(values[values.Other]));
    }

    [Fact]
    public void An_events_value_is_decoded_and_none_is_unknown()
    {
        var values = new LabelValues(10);

        Assert.Equal(values.IndexOf("a\"b"u8), values.IndexOf(new EventValue(EventValueKind.String, "a\\\"b"u8)));
        Assert.Equal(values.IndexOf("unknown"u8), values.IndexOf(default(EventValue)));
        Assert.Equal(values.IndexOf("unknown"u8), values.IndexOf(new EventValue(EventValueKind.Array, "[1]"u8)));
    }

    [Fact]
    public void Long_values_are_cut()
    {
        var values = new LabelValues(10);

        int number = values.IndexOf(Encoding.UTF8.GetBytes(new string('é', 100)));

        Assert.Equal(LabelValues.MaxBytes, values[number].Length);
    }
}
