using System.Text;
using AuditHost.PluginKit.Text;

namespace AuditHost.Plugins.Tests.Text;

public sealed class Utf8TextTests
{
    [Theory]
    [InlineData("abc", 3, "abc")]
    [InlineData("abc", 2, "ab")]
    [InlineData("a\u20ac", 4, "a\u20ac")]
    [InlineData("a\u20ac", 3, "a")]
    [InlineData("a\u20ac", 2, "a")]
    [InlineData("\u20ac", 1, "")]
    [InlineData("abc", 0, "")]
    public void A_cut_never_falls_inside_a_character(string text, int limit, string expected) =>
        Assert.Equal(expected, Encoding.UTF8.GetString(Utf8Text.Cut(Encoding.UTF8.GetBytes(text), limit)));
}
