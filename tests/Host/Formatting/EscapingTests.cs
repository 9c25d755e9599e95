using System.Text.Json;
using System.Xml.Linq;
using AuditHost.Formatting.Functions;

namespace AuditHost.Tests.Formatting;

public sealed class EscapingTests
{
    public static TheoryData<string> Texts =>
    [
        "", "plain", "\"quoted\" and \\back\\", "line\r\nbreak\ttab", "\0\u0001\b\f\u001f\u007f\u0085\u2028", "</script><!-- & ' -->",
        "äöü ☃ 日本 😀", "a|b=c\\d", "%20 a/b?c=d&e#f+g", "{{ event }}", new string('"', 5_000),
    ];

    [Theory]
    [MemberData(nameof(Texts))]
    public void Json_gives_the_text_back(string text)
    {
        string json = JsonSerializer.Serialize(new { text });

        using var whole = JsonDocument.Parse(Rendering.Render("""[{{ event.text | json }},"<{{ event.text | json_string }}>"]""", json));
        Assert.Equal(text, whole.RootElement[0].GetString());
        Assert.Equal($"<{text}>", whole.RootElement[1].GetString());
    }

    [Theory]
    [MemberData(nameof(Texts))]
    public void Xml_gives_the_text_back_in_elements_and_attributes(string text)
    {
        string json = JsonSerializer.Serialize(new { text });
        string expected = new([.. text.Select(character => character is < ' ' and not ('\t' or '\n' or '\r') ? '\uFFFD' : character)]);

        var element = XElement.Parse(
            Rendering.Render("""<e a="{{ event.text | xml }}">{{ event.text | xml }}</e>""", json), LoadOptions.PreserveWhitespace);

        Assert.Equal(expected, element.Value);
        Assert.Equal(expected, element.Attribute("a")!.Value);
    }

    [Theory]
    [MemberData(nameof(Texts))]
    public void Url_gives_the_text_back(string text)
    {
        string escaped = Rendering.Render("{{ event.text | url }}", JsonSerializer.Serialize(new { text }));

        Assert.Equal(text, Uri.UnescapeDataString(escaped));
        Assert.DoesNotMatch("[^A-Za-z0-9%._~-]", escaped);
    }

    [Theory]
    [MemberData(nameof(Texts))]
    public void Cef_stays_on_one_line_and_can_be_read_back(string text)
    {
        string escaped = TextEscapes.Cef(text);

        Assert.DoesNotMatch(@"[\x00-\x1f\x7f]", escaped);
        Assert.DoesNotMatch(@"(^|[^\\])(\\\\)*=", escaped);
        string back = escaped.Replace("\\\\", "\u0003", StringComparison.Ordinal).Replace("\\=", "=", StringComparison.Ordinal)
            .Replace("\\n", "\n", StringComparison.Ordinal).Replace("\\r", "\r", StringComparison.Ordinal).Replace('\u0003', '\\');
        Assert.Equal(new string([.. text.Select(character => IsLostControl(character) ? ' ' : character)]), back);
    }

    [Fact]
    public void Cef_header_escapes_bars_and_backslashes_and_leaves_the_equals_sign() =>
        Assert.Equal(@"a\|b=c\\d e ", Rendering.Render("{{ event.t | cef_header }}", """{"t":"a|b=c\\d\ne\u0000"}"""));

    [Fact]
    public void Slack_escapes_three_characters_only() =>
        Assert.Equal("&lt;!channel&gt; &amp;amp; \"x\"", Rendering.Render("{{ event.t | slack }}", """{"t":"<!channel> &amp; \"x\""}"""));

    [Theory]
    [InlineData("json", "null")]
    [InlineData("json_string", "")]
    [InlineData("xml", "")]
    [InlineData("cef", "")]
    [InlineData("cef_header", "")]
    [InlineData("url", "")]
    [InlineData("slack", "")]
    public void Missing_value_is_null_in_json_and_empty_elsewhere(string helper, string rendered) =>
        Assert.Equal(rendered, Rendering.Render($"{{{{ event.missing | {helper} }}}}", "{}"));

    [Theory]
    [InlineData("{{ event.n | json }}", "1.50")]
    [InlineData("{{ event.b | json }}", "true")]
    [InlineData("{{ event.o | json }}", """{"k":[1, "é"]}""")]
    [InlineData("{{ event.o | json_string }}", """{\"k\":[1, \"é\"]}""")]
    [InlineData("{{ [1, 'a\"', event.o, event.missing, {x: 2.5}] | json }}", """[1,"a\"",{"k":[1, "é"]},null,{"x":2.5}]""")]
    [InlineData("{{ 1..3 | json }}", "[1,2,3]")]
    [InlineData("{{ event.s | json | json }}", "\"\\\"x\\\"\"")]
    public void Values_of_every_kind_become_json(string template, string rendered) =>
        Assert.Equal(rendered, Rendering.Render(template, """{"n":1.50,"b":true,"o":{"k":[1, "é"]},"s":"x"}"""));

    [Theory]
    [InlineData("{{ func json(x); ret 'own ' + x; end; event.s | json }}", "own x")]
    [InlineData("{{ event.s | string.truncate 9 | json }}{{ event.s | json | string.append '!' | json_string }}", "\"x\"\\\"x\\\"!")]
    [InlineData("{{ [1, 'a'] | json }}{{ 1..2 | json }}{{ {a: 1} | json }}{{ event | json | json }}", "[1,\"a\"][1,2]{\"a\":1}\"{\\\"s\\\":\\\"x\\\"}\"")]
    [InlineData("{{ x = event.s | json; x }}", "\"x\"")]
    [InlineData("{{ if event.s | json; event.s | slack | json | json_string | string.upcase | json; end }}", "\"\\\\\\\"X\\\\\\\"\"")]
    [InlineData("{{ event.s | string.upcase | json }}{{ event.missing ?? event.s | json }}{{ (event.s | json) + '!' }}", "\"X\"\"x\"\"x\"!")]
    [InlineData("{{ capture c; event.s | json; end; c }}{{ event.s | json | string.size }}", "\"x\"3")]
    public void Helper_works_the_same_wherever_it_stands(string template, string rendered) =>
        Assert.Equal(rendered, Rendering.Render(template, """{"s":"x"}"""));

    [Fact]
    public void Member_called_like_a_helper_hides_it_inside_with()
    {
        var exception = Assert.Throws<FormatException>(() => Rendering.Render("{{ with event; s | json; end }}", """{"s":"x","json":"text"}"""));

        Assert.Contains("`json` is not a valid function", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{{ a = []; a[0] = a; a[1] = a; a |\n json }}", "t.sbn:2:2: The value is nested deeper")]
    [InlineData("{{ a = []; a[0] = a; a[1] = a; a |\n json | slack }}", "t.sbn:2:2: The value is nested deeper")]
    public void Failure_of_a_helper_has_its_place(string template, string message)
    {
        var exception = Assert.Throws<FormatException>(() => Rendering.Render(template, "{}"));

        Assert.StartsWith(message, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Half_a_surrogate_pair_becomes_the_replacement_character()
    {
        Assert.Equal("\"a\uFFFDb\"", Rendering.Render("{{ event.t | json }}", """{"t":"a\ud800b"}""", Rendering.Json));
        Assert.Equal("a\uFFFD", Rendering.Render("{{ event.t | string.slice 0 2 }}", """{"t":"a\ud83d\ude00"}"""));
    }

    private static bool IsLostControl(char character) => character is < ' ' and not ('\r' or '\n') or '\u007f';
}
