using System.Text;
using System.Text.Json;
using AuditHost.Commands;

namespace AuditHost.Tests.Commands;

public sealed class WholeCharactersTests
{
    [Theory]
    [InlineData("""{"a":"\ud800"}""", """{"a":"\ufffd"}""")]
    [InlineData("""{"a":"\uDC00x"}""", """{"a":"\ufffdx"}""")]
    [InlineData("""{"\uD800":"\ud800\ud83d\ude80\ud83d"}""", """{"\ufffd":"\ufffd\ud83d\ude80\ufffd"}""")]
    [InlineData("""["\ud800\n\udc00"]""", """["\ufffd\n\ufffd"]""")]
    [InlineData("""{"a":"\\ud800","b":"\\\ud800"}""", """{"a":"\\ud800","b":"\\\ufffd"}""")]
    [InlineData("""{"a":"\u00e9\"\ud83d\ude80"}""", """{"a":"\u00e9\"\ud83d\ude80"}""")]
    public void Half_a_character_becomes_the_mark_for_one(string json, string expected)
    {
        ReadOnlyMemory<byte> whole = WholeCharacters.Of(Encoding.UTF8.GetBytes(json));

        Assert.Equal(expected, Encoding.UTF8.GetString(whole.Span));
        using JsonDocument document = JsonDocument.Parse(whole);
        document.RootElement.WriteTo(new Utf8JsonWriter(Stream.Null));
    }

    [Fact]
    public void Bytes_that_are_no_text_become_the_mark_as_well()
    {
        ReadOnlyMemory<byte> whole = WholeCharacters.Of((byte[])[.. "{\"a\":\""u8, 0xED, 0xA0, 0x80, .. "\"}"u8]);

        using JsonDocument document = JsonDocument.Parse(whole);
        Assert.Contains('\uFFFD', document.RootElement.GetProperty("a").GetString()!);
    }

    [Fact]
    public void What_is_whole_is_not_copied()
    {
        ReadOnlyMemory<byte> json = "{\"a\":\"\\ud83d\\ude80\"}"u8.ToArray();

        Assert.True(json.Equals(WholeCharacters.Of(json)));
    }
}
