using System.Text;
using AuditHost.PluginKit.Text;

namespace AuditHost.Plugins.Tests.Text;

public sealed class ShownTextTests
{
    [Theory]
    [InlineData(0x00, 0x20)]
    [InlineData(0x0A, 0x20)]
    [InlineData(0x1B, 0x20)]
    [InlineData(0x1F, 0x20)]
    [InlineData(0x20, 0x20)]
    [InlineData(0x7E, 0x7E)]
    [InlineData(0x7F, 0x20)]
    [InlineData(0x85, 0x20)]
    [InlineData(0x9F, 0x20)]
    [InlineData(0xA0, 0xA0)]
    [InlineData(0x05D0, 0x05D0)]
    [InlineData(0x2027, 0x2027)]
    [InlineData(0x2028, 0x20)]
    [InlineData(0x2029, 0x20)]
    [InlineData(0x202A, 0xFFFD)]
    [InlineData(0x202E, 0xFFFD)]
    [InlineData(0x202F, 0x202F)]
    [InlineData(0x2066, 0xFFFD)]
    [InlineData(0x2069, 0xFFFD)]
    [InlineData(0x1F600, 0x1F600)]
    public void Only_what_would_break_a_line_or_turn_it_is_shown_otherwise(int character, int shown) =>
        Assert.Equal(new Rune(shown), ShownText.Of(new Rune(character)));

    [Theory]
    [InlineData("", false)]
    [InlineData(" \t\r\n\u2028\u0085\u00a0\u3000", false)]
    [InlineData(" a", true)]
    [InlineData("\u202e", true)]
    [InlineData("\ud83d\ude00", true)]
    public void Blank_is_what_nobody_sees(string text, bool expected) => Assert.Equal(expected, ShownText.HasAny(Encoding.UTF8.GetBytes(text)));

    [Fact]
    public void Half_a_character_is_seen() => Assert.True(ShownText.HasAny([0xF0, 0x9F]));
}
