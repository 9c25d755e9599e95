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

    [Theory]
    [InlineData("abc", 3, "abc")]
    [InlineData("abc", 2, "ab")]
    [InlineData("\u20ac\u20ac", 2, "\u20ac\u20ac")]
    [InlineData("\u20ac\u20ac", 1, "\u20ac")]
    [InlineData("a\ud83d\ude00b", 2, "a")]
    [InlineData("a\ud83d\ude00b", 3, "a\ud83d\ude00")]
    [InlineData("\u20ac", 0, "")]
    public void Characters_are_counted_as_utf16_does_and_never_cut_in_two(string text, int limit, string expected) =>
        Assert.Equal(expected, Encoding.UTF8.GetString(Utf8Text.CutCharacters(Encoding.UTF8.GetBytes(text), limit)));
}
