using System.Text;
using System.Text.Json;
using AuditHost.Intake;

namespace AuditHost.Tests.Intake;

public sealed class JsonEscapingTests
{
    /// <summary>Every character at every place of a vector, before and behind it, alone and among others.</summary>
    [Fact]
    public void Every_character_comes_back_wherever_it_stands()
    {
        for (int code = 0; code < 0x110; code++)
        {
            for (int before = 0; before < 35; before++)
            {
                string text = $"{new string('a', before)}{(char)code}{new string('b', 34 - before)}";
                Assert.Equal(text, Read(Write(text)));
            }
        }
    }

    [Fact]
    public void Only_what_must_be_is_escaped()
    {
        Assert.Equal("\\\"\\\\\\b\\f\\n\\r\\t\\u0000\\u001f/\u007f<>&'\u2028\u00e9\U0001F600", Write("\"\\\b\f\n\r\t\0\u001f/\u007f<>&'\u2028\u00e9\U0001F600"));
    }

    [Theory]
    [InlineData('\u0001')]
    [InlineData('"')]
    [InlineData('x')]
    public void Long_text_of_one_character_fits(char one)
    {
        string text = new(one, 20_011);

        Assert.Equal(text, Read(Write(text)));
    }

    private static string Write(string text)
    {
        using var output = new PooledBuffer(16);
        JsonEscaping.Write(Encoding.UTF8.GetBytes(text), output);
        return Encoding.UTF8.GetString(output.Written.Span);
    }

    private static string Read(string inside) => JsonSerializer.Deserialize<string>($"\"{inside}\"")!;
}
