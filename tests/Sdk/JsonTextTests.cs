using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace AuditHost.Sdk;

public sealed class JsonTextTests
{
    private const int Rounds = 20_000;

    [Fact]
    public void Unescaping_agrees_with_the_platforms_reader_on_any_text()
    {
        var random = new Random(20261124);
        for (int round = 0; round < Rounds; round++)
        {
            byte[] json = Encoding.UTF8.GetBytes($"\"{Spell(random)}\"");
            var reader = new Utf8JsonReader(json);
            reader.Read();
            var value = new EventValue(EventValueKind.String, reader.ValueSpan);
            var output = new ArrayBufferWriter<byte>();
            value.WriteTo(output);

            string expected = reader.GetString()!;
            Assert.Equal(expected, value.ToString());
            Assert.Equal(expected, Encoding.UTF8.GetString(output.WrittenSpan));
        }
    }

    /// <summary>A random text, each character spelled in one of the ways that JSON allows.</summary>
    private static string Spell(Random random)
    {
        var text = new StringBuilder();
        for (int length = random.Next(12); length > 0; length--)
        {
            Rune rune = Pick(random);
            string literal = rune.ToString();
            bool mustEscape = rune.Value is < 0x20 or '"' or '\\';
            if (mustEscape || random.Next(2) == 0)
                text.Append(Escape(literal, random));
            else
                text.Append(literal);
        }

        return text.ToString();
    }

    private static Rune Pick(Random random)
    {
        int ceiling = random.Next(4) switch { 0 => 0x80, 1 => 0x800, 2 => 0x10000, _ => 0x110000 };
        int value = random.Next(ceiling);
        return Rune.IsValid(value) ? new Rune(value) : new Rune('\\');
    }

    private static string Escape(string literal, Random random)
    {
        const string Shorts = "\"\\/\b\f\n\r\t";
        int index = Shorts.IndexOf(literal[0], StringComparison.Ordinal);
        if (index >= 0 && random.Next(2) == 0)
            return "\\" + "\"\\/bfnrt"[index];
        string format = random.Next(2) == 0 ? "x4" : "X4";
        return string.Concat(literal.Select(unit => "\\u" + ((int)unit).ToString(format, CultureInfo.InvariantCulture)));
    }
}
