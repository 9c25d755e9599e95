using System.Text;
using AuditHost.PluginKit.Text;

namespace AuditHost.Plugins.Tests.Text;

public sealed class ExactDoubleTests
{
    [Theory]
    [InlineData("0.1", 0.1)]
    [InlineData("-1.5e300", -1.5e300)]
    [InlineData("1E2", 100)]
    [InlineData("0.0", 0)]
    [InlineData("-0e9", 0)]
    [InlineData("1.500000000000000000000000", 1.5)]
    [InlineData("100000000000000000000000000.0", 1e26)]
    [InlineData("123456789012.345", 123456789012.345)]
    [InlineData("0.30000000000000004", 0.30000000000000004)]
    [InlineData("1.7976931348623157e308", double.MaxValue)]
    [InlineData("2.2250738585072014E-308", 2.2250738585072014E-308)]
    public void Number_that_comes_back_is_a_double(string token, double expected)
    {
        Assert.True(ExactDouble.TryParse(Encoding.ASCII.GetBytes(token), out double number));
        Assert.Equal(expected, number);
    }

    [Theory]
    [InlineData("1")]
    [InlineData("9223372036854775808")]
    [InlineData("0.3000000000000001234")]
    [InlineData("0.30000000000000003")]
    [InlineData("9007199254740993.0")]
    [InlineData("123456789.123456789")]
    [InlineData("1e400")]
    [InlineData("-1e309")]
    [InlineData("1e-400")]
    [InlineData("4.9e-324")]
    [InlineData("1.2345678901234567891234567890123456789")]
    public void Number_that_a_double_would_change_is_none(string token) => Assert.False(ExactDouble.TryParse(Encoding.ASCII.GetBytes(token), out _));

    [Fact]
    public void Every_double_comes_back_as_it_was_written()
    {
        var random = new Random(5);
        for (int round = 0; round < 20_000; round++)
        {
            double number = BitConverter.Int64BitsToDouble(random.NextInt64());
            string text = number.ToString("R", System.Globalization.CultureInfo.InvariantCulture);
            if (!double.IsNormal(number) || !text.AsSpan().ContainsAny(".E"))
                continue;
            Assert.True(ExactDouble.TryParse(Encoding.ASCII.GetBytes(text), out double read), text);
            Assert.Equal(number, read);
        }
    }
}
