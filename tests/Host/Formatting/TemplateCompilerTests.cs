using AuditHost.Formatting;

namespace AuditHost.Tests.Formatting;

public sealed class TemplateCompilerTests
{
    [Theory]
    [InlineData("{{ if true }}", "t.sbn:1:12: Error while parsing if statement", "  {{ if true }}\n             ^")]
    [InlineData("a\nb {{ 1 + }}", "t.sbn:2:", "  b {{ 1 + }}\n")]
    [InlineData("a\r\n\r\n  {{ event.x | }}\r\n", "t.sbn:3:", "    {{ event.x | }}\n")]
    [InlineData("ok\n{{ evnt.id }}", "t.sbn:2:4: There is no variable or function `evnt`.", "  {{ evnt.id }}\n     ^")]
    [InlineData("{{ event.id | jsn }}", "t.sbn:1:15: There is no variable or function `jsn`.", "  {{ event.id | jsn }}\n                ^")]
    [InlineData("{{ event.id | string.upcas }}", "t.sbn:1:22: There is no function `string.upcas`.", "                       ^")]
    [InlineData("{{ events }}", "t.sbn:1:4: There is no variable or function `events`. The variables here are `event` and `audit`.", "^")]
    [InlineData("{{ audit.usr }}", "t.sbn:1:10: There is no `audit.usr`. Did you mean `audit.user`?", "         ^")]
    [InlineData("{{ audit.whatever.x }}", "t.sbn:1:10: There is no `audit.whatever`. There are id, type, ", "^")]
    [InlineData("{{ for e in event.list; item; end }}", "t.sbn:1:25: There is no variable or function `item`.", "^")]
    public void Error_names_its_place_and_shows_the_line(string source, string message, string excerpt)
    {
        var exception = Assert.Throws<TemplateException>(() => TemplateCompiler.CompileEvent(source, "t.sbn", Rendering.TextPlain));
        Assert.StartsWith(message, exception.Message, StringComparison.Ordinal);
        Assert.Contains(excerpt, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void All_errors_are_reported_at_once()
    {
        var exception = Assert.Throws<TemplateException>(
            () => TemplateCompiler.CompileEvent("{{ one }}\n{{ two }}\n{{ import event }}", "t.sbn", Rendering.TextPlain));

        Assert.Contains("t.sbn:1:4:", exception.Message, StringComparison.Ordinal);
        Assert.Contains("t.sbn:2:4:", exception.Message, StringComparison.Ordinal);
        Assert.Contains("t.sbn:3:4: `import` is not available.", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Long_line_is_shown_around_the_place()
    {
        string source = new string('a', 5_000) + "{{ nothing }}" + new string('b', 5_000);

        var exception = Assert.Throws<TemplateException>(() => TemplateCompiler.CompileEvent(source, "t.sbn", Rendering.TextPlain));

        Assert.StartsWith("t.sbn:1:5004:", exception.Message, StringComparison.Ordinal);
        Assert.InRange(exception.Message.Length, 100, 500);
        string[] lines = exception.Message.Split('\n');
        Assert.Equal("nothing", lines[1].Substring(lines[2].IndexOf('^', StringComparison.Ordinal), 7));
    }

    [Fact]
    public void Source_beyond_64_KiB_is_refused()
    {
        Assert.NotNull(TemplateCompiler.CompileEvent(new string('a', 64 * 1024), "t.sbn", Rendering.TextPlain));
        var exception = Assert.Throws<TemplateException>(
            () => TemplateCompiler.CompileEvent(new string('a', (64 * 1024) + 1), "t.sbn", Rendering.TextPlain));
        Assert.Equal("t.sbn: the template has 65537 bytes; the most is 65536.", exception.Message);
    }

    [Theory]
    [InlineData("{{ x = 1; x }}", "1")]
    [InlineData("{{ $x = 1; $x }}", "1")]
    [InlineData("{{ capture c }}a{{ end }}{{ c }}", "a")]
    [InlineData("{{ func f(n); ret n + 1; end; f(1) }}", "2")]
    [InlineData("{{ for i in 1..3; for.index; i; end }}", "011223")]
    [InlineData("{{ o = {a: 1}; o.a }}", "1")]
    [InlineData("{{ with event.inner; name; end }}", "n")]
    [InlineData("{{ with event; audit.x; end }}{{ audit = event; audit.inner.name }}", "n")]
    [InlineData("{{ event.list | array.each @(do; ret $0 * 2; end) | array.join ',' }}", "2,4")]
    [InlineData("{{ for i in event.list reversed limit:1; i; end }}", "2")]
    [InlineData("{{ i = 1; i += 2; i }}", "3")]
    [InlineData("{{ # a comment on nothing }}", "")]
    public void Names_that_the_template_makes_itself_are_known(string source, string rendered) =>
        Assert.Equal(rendered, Rendering.Render(source, """{"inner":{"name":"n"},"list":[1,2]}"""));

    [Fact]
    public void Content_type_is_passed_on()
    {
        Assert.Equal("text/x-cef", TemplateCompiler.CompileEvent("x", "t.sbn", "text/x-cef").ContentType);
        Assert.Equal("text/x-cef", TemplateCompiler.CompileBody("x", "t.sbn", "text/x-cef").ContentType);
    }
}
