using System.Text;
using AuditHost.Formats.Cef;
using AuditHost.Sdk;

namespace AuditHost.Plugins.Tests.Formats;

public sealed class CefEscapingTests
{
    private static readonly IEventFormatter Formatter = Rendering.Create(new CefFormatterFactory());

    [Theory]
    [InlineData(@"a\b|c=d", @"a\\b\|c=d", @"a\\b|c\=d")]
    [InlineData("a\r\nb", "a  b", @"a\r\nb")]
    [InlineData("tab\tnul\0del\u007F!", "tab nul del !", "tab nul del !")]
    [InlineData(@"\n", @"\\n", @"\\n")]
    public void Value_is_escaped_by_the_rules_of_its_place(string text, string inHeader, string inExtension)
    {
        string line = Formatter.Render(Rendering.Event(text, user: text));

        Assert.Contains($"|{inHeader}|{inHeader}|2|", line, StringComparison.Ordinal);
        Assert.Contains($" suser={inExtension} deviceProcessName", line, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Every_pair_of_latin_characters_reads_back(bool escaped)
    {
        // Half a row at a time, so that the longest stays within the 512 bytes of a name.
        for (int first = 0; first < 0x100; first++)
        {
            for (int half = 0; half < 0x100; half += 0x80)
                AssertReadsBack(string.Concat(Enumerable.Range(half, 0x80).Select(second => $"{(char)first}{(char)second}")), escaped);
        }
    }

    [Fact]
    public void Random_texts_read_back()
    {
        int seed = Random.Shared.Next();
        TestContext.Current.SendDiagnosticMessage($"seed {seed}");
        var random = new Random(seed);
        for (int round = 0; round < 3000; round++)
        {
            string text = RandomText(random);
            try
            {
                AssertReadsBack(text, escaped: round % 2 == 0);
            }
            catch (Exception exception)
            {
                throw new InvalidOperationException($"seed {seed}, round {round}: {exception.Message}", exception);
            }
        }
    }

    private static void AssertReadsBack(string text, bool escaped)
    {
        CefLine line = CefLine.Parse(Formatter.Render(Rendering.Event(text, user: text, classification: text, escaped)));

        string inHeader = WithoutControls(text, "");
        string inExtension = WithoutControls(text, "\r\n");
        Assert.Equal(inHeader, line.Header[4]);
        Assert.Equal(inHeader, line.Header[5]);
        Assert.Equal(inExtension, line.Extensions["suser"]);
        Assert.Equal(inExtension, line.Extensions["cs2"]);
    }

    private static string WithoutControls(string text, string kept) =>
        string.Concat(text.Select(character => (character < ' ' || character == '\u007F') && !kept.Contains(character) ? ' ' : character));

    private static string RandomText(Random random)
    {
        const string Dangerous = "\\|=\r\n\t \"cs1=";
        var text = new StringBuilder();
        for (int length = random.Next(1, 60); length > 0; length--)
        {
            if (random.Next(3) == 0)
            {
                text.Append(Dangerous[random.Next(Dangerous.Length)]);
                continue;
            }

            int code = random.Next(random.Next(2) == 0 ? 0x100 : 0x110000);
            text.Append(Rune.IsValid(code) ? new Rune(code).ToString() : "\uFFFD");
        }

        return text.ToString();
    }
}
