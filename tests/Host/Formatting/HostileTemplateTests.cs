using System.Buffers;
using System.Text;
using AuditHost.Formatting;
using AuditHost.Intake;
using AuditHost.Sdk;
using Scriban.Runtime;

namespace AuditHost.Tests.Formatting;

public sealed class HostileTemplateTests
{
    private const long MostMemory = 64L * 1024 * 1024;

    public static TheoryData<string> Bombs => [.. TemplateBombs.All];

    [Theory]
    [InlineData("parentheses")]
    [InlineData("arrays")]
    [InlineData("negations")]
    [InlineData("ifs")]
    public void Deep_nesting_does_not_compile(string kind)
    {
        string source = kind switch
        {
            "parentheses" => $"{{{{ {new string('(', 20_000)}1{new string(')', 20_000)} }}}}",
            "arrays" => $"{{{{ {new string('[', 20_000)}1{new string(']', 20_000)} }}}}",
            "negations" => $"{{{{ {new string('!', 20_000)}true }}}}",
            _ => string.Concat(Enumerable.Repeat("{{if true}}", 5_000)) + string.Concat(Enumerable.Repeat("{{end}}", 1_000)),
        };

        Assert.Throws<TemplateException>(() => TemplateCompiler.CompileEvent(source, "t.sbn", Rendering.TextPlain));
    }

    [Theory]
    [InlineData("{{ object.eval '1 + 1' }}", "object.eval")]
    [InlineData("{{ object.eval_template '{{ 1 }}' }}", "object.eval_template")]
    [InlineData("{{ object.to_json event }}", "object.to_json")]
    [InlineData("{{ date.now }}", "date.now")]
    [InlineData("{{ math.random 1 2 }}", "math.random")]
    [InlineData("{{ include 'other.sbn' }}", "include")]
    [InlineData("{{ include_join ['a'] ',' }}", "include_join")]
    [InlineData("{{ import event }}", "import")]
    [InlineData("{{ import System.IO }}", "import")]
    public void What_reaches_outside_or_differs_on_a_retry_does_not_compile(string source, string named)
    {
        var exception = Assert.Throws<TemplateException>(() => TemplateCompiler.CompileEvent(source, "t.sbn", Rendering.TextPlain));
        Assert.Contains($"`{named}`", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Bombs))]
    public void Every_bomb_is_stopped_and_the_next_rendering_is_well(string bomb)
    {
        IEventFormatter template = TemplateCompiler.CompileEvent(
            $"{{{{ if event.bomb }}}}{bomb}{{{{ else }}}}well{{{{ end }}}}", "t.sbn", Rendering.TextPlain);
        ParsedEvent armed = Rendering.Event("""{"bomb":true,"list":[1,2]}""");
        ParsedEvent harmless = Rendering.Event("""{"id":"1"}""");
        Assert.Equal("well", template.Render(harmless));
        var output = new ArrayBufferWriter<byte>();

        long before = GC.GetAllocatedBytesForCurrentThread();
        var exception = Assert.Throws<FormatException>(() => template.Format(armed, output));
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        Assert.StartsWith("t.sbn:1:", exception.Message, StringComparison.Ordinal);
        Assert.Equal(0, output.WrittenCount);
        Assert.InRange(allocated, 0, MostMemory);
        Assert.Equal("well", template.Render(harmless));
    }

    [Theory]
    [InlineData("{{ s = 'a' * 1000000; t = ('a' * 250000) + 'b' + ('a' * 250000); s | string.contains t }}", "The text looked for is too long for one of this length")]
    [InlineData("{{ s = 'a' * 1000000; t = ('a' * 250000) + 'b' + ('a' * 250000); s | string.index_of t }}", "The text looked for is too long for one of this length")]
    [InlineData("{{ s = 'a' * 1000000; t = ('a' * 250000) + 'b' + ('a' * 250000); s | string.replace t 'x' }}", "The text looked for is too long for one of this length")]
    [InlineData("{{ s = 'a' * 1000000; t = ('a' * 250000) + 'b' + ('a' * 250000); s | string.replace_first t 'x' }}", "The text looked for is too long for one of this length")]
    [InlineData("{{ s = 'a' * 1000000; t = ('a' * 250000) + 'b' + ('a' * 250000); s | string.remove t }}", "The text looked for is too long for one of this length")]
    [InlineData("{{ s = 'a' * 1000000; t = ('a' * 250000) + 'b' + ('a' * 250000); s | string.remove_first t }}", "The text looked for is too long for one of this length")]
    [InlineData("{{ s = 'a' * 1000000; t = ('a' * 250000) + 'b' + ('a' * 250000); s | string.remove_last t }}", "The text looked for is too long for one of this length")]
    [InlineData("{{ s = 'a' * 1000000; t = ('a' * 250000) + 'b' + ('a' * 250000); s | string.split t }}", "The text looked for is too long for one of this length")]
    [InlineData("{{ s = 'a b ' * 250000; s | string.truncatewords 1000000 }}", "The text has more than 65536 characters")]
    [InlineData("{{ s = 'a' * 1000000; s | regex.matches 'a' }}", "The text has more than 65536 characters")]
    [InlineData("{{ s = 'a' * 1000000; s | regex.split 'a' }}", "The text has more than 65536 characters")]
    [InlineData("{{ s = 'a|' * 300000; 'a' | regex.match s }}", "The regular expression has more than 4096 characters")]
    [InlineData("{{ s = '(' * 100000 + ')' * 100000; 'a' | regex.matches s }}", "The regular expression has more than 4096 characters")]
    [InlineData("{{ a = ('b,a,' * 15000) | string.split ','; a | array.sort }}", "The list has more than 20000 elements")]
    [InlineData("{{ a = ('b,a,' * 15000) | string.split ','; a | array.join '' }}", "The list has more than 20000 elements")]
    [InlineData("{{ s = 'a' * 1000000; s | string.strip_newlines }}", "The text has more than 65536 characters")]
    public void Call_whose_work_explodes_does_not_begin(string bomb, string reason)
    {
        var exception = Assert.Throws<FormatException>(() => Rendering.Render(bomb, "{}"));

        Assert.Matches("^t\\.sbn:1:[0-9]+: " + reason, exception.Message);
    }

    [Theory]
    [InlineData("{{ for e in events; while true; end; end }}")]
    [InlineData("{{ s = 'x' * 1000000; for i in 1..900; s; end }}")]
    [InlineData("{{ s = 'abcdefgh'; for i in 1..30; s = s + s; end; s }}")]
    [InlineData("{{ for i in 1..900; for j in 1..900; for k in 1..900; end; end; end }}")]
    [InlineData("{{ a = []; for i in 1..100000; a[i] = [i]; end; while true; end }}")]
    [InlineData("{{ capture s; for i in 1..1000000; 'abcdefgh'; end; end; s }}")]
    public void Body_of_one_event_may_do_no_more_than_an_event(string bomb)
    {
        IBodyFormatter template = TemplateCompiler.CompileBody(
            $"{{{{ if events[0].event.bomb }}}}{bomb}{{{{ else }}}}well{{{{ end }}}}", "t.sbn", Rendering.TextPlain);
        OutboundEvent[] armed = [new(Rendering.Event("""{"bomb":true}"""), "log", default)];
        OutboundEvent[] harmless = [new(Rendering.Event("{}"), "log", default)];
        var output = new ArrayBufferWriter<byte>();

        long before = GC.GetAllocatedBytesForCurrentThread();
        var exception = Assert.Throws<FormatException>(() => template.Format(armed, new BatchFacts("d", "b"), output));
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        Assert.StartsWith("t.sbn:1:", exception.Message, StringComparison.Ordinal);
        Assert.InRange(allocated, 0, MostMemory);
        template.Format(harmless, new BatchFacts("d", "b"), output);
        Assert.Equal("well", Encoding.UTF8.GetString(output.WrittenSpan));
    }

    [Theory]
    [InlineData("{{ 'a,b' * 100 | string.split ',' | array.size }}", "101")]
    [InlineData("{{ event.s | string.contains 'needle' }} {{ event.s | string.index_of 'needle' }}", "true 500000")]
    [InlineData("{{ 'b,a' | string.split ',' | array.sort | array.join '' }}", "ab")]
    [InlineData("{{ 'a1b22' | regex.matches '[0-9]+' | array.size }}{{ 'a1' | regex.match '([a-z])([0-9])' }}", "2[\"a1\",\"a\",\"1\"]")]
    [InlineData("{{ 'a b c' | string.truncatewords 2 }}", "a b...")]
    public void What_is_held_to_a_bound_works_below_it(string source, string rendered) =>
        Assert.Equal(rendered, Rendering.Render(source, $$"""{"s":"{{new string('x', 500_000)}}needle"}"""));

    [Theory]
    [InlineData("{{ while true; end }}")]
    [InlineData("{{ for i in 1..100000000; end }}")]
    [InlineData("{{ func f(n); if n > 0; f(n - 1); f(n - 1); end; end; while true; f(10); end }}")]
    public void Time_is_up_even_where_nothing_else_is(string source)
    {
        var limits = new TemplateLimits(1024, Loops: 0, TimeSpan.FromMilliseconds(20));
        CompiledTemplate template = TemplateCompiler.Compile(source, "t.sbn", Rendering.TextPlain, [], limits);

        var exception = Assert.Throws<FormatException>(() => template.Render(new ScriptObject(), 1L << 40, new ArrayBufferWriter<byte>()));
        Assert.Matches("longer than (20|100) ms", exception.Message);
    }

    [Fact]
    public void Second_try_is_given_three_times_and_no_more()
    {
        int renderings = 0;
        var variables = new ScriptObject();
        variables.Import("begin", () => ++renderings);
        var limits = new TemplateLimits(1024, Loops: 0, TimeSpan.FromTicks(1));
        CompiledTemplate template = TemplateCompiler.Compile("{{ begin; while true; end }}", "t.sbn", Rendering.TextPlain, ["begin"], limits);

        for (int attempt = 0; attempt < 6; attempt++)
            Assert.Throws<FormatException>(() => template.Render(variables, 0, new ArrayBufferWriter<byte>()));

        Assert.Equal(6 + 3, renderings);
    }

    [Theory]
    [InlineData("{{ 1 << 4096 }}")]
    [InlineData("{{ x = 9; for i in 1..12; x = x * x; end }}")]
    public void Number_beyond_the_limit_is_an_error(string source)
    {
        var exception = Assert.Throws<FormatException>(() => Rendering.Render(source, "{}"));
        Assert.Contains("more than 4096 bits", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Output_beyond_the_limit_is_an_error_and_never_cut()
    {
        const string Source = "{{ s = 'é' * 1024; for i in 1..event.n; s; end }}";

        Assert.Equal(512 * 1024, Rendering.Render(Source, """{"n":512}""").Length);
        var exception = Assert.Throws<FormatException>(() => Rendering.Render(Source + "!", """{"n":512}"""));
        Assert.Contains("larger than 1048576 bytes", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Captured_text_is_no_output()
    {
        const string Source = "{{ s = 'x' * 32768; for i in 1..20; capture c; s; s; end; end; c | string.size }}";

        Assert.Equal("65536", Rendering.Render(Source, "{}"));
    }

    [Fact]
    public void A_string_beyond_the_limit_of_the_engine_is_an_error_and_never_cut()
    {
        const string Source = "{{ s = 'x' * 1052671; t = s + 'yz'; t | string.size }}";

        Assert.Equal("1052673", Rendering.Render(Source, "{}"));
        var exception = Assert.Throws<FormatException>(() => Rendering.Render(Source + "{{ u = t + 'a' }}", "{}"));
        Assert.Contains("LimitToString", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{{ audit.time.ticks }}")]
    [InlineData("{{ event.s.length }}")]
    [InlineData("{{ (1..3).count }}")]
    [InlineData("{{ json.return_type }}")]
    [InlineData("{{ event.element }}")]
    [InlineData("{{ event.list.element }}")]
    public void No_member_of_the_runtime_is_reachable(string source)
    {
        IEventFormatter template = TemplateCompiler.CompileEvent(source, "t.sbn", Rendering.TextPlain);

        string? rendered = null;
        Exception? exception = Record.Exception(() => rendered = template.Render(Rendering.Event("""{"s":"text","list":[1]}""")));
        Assert.True(exception is FormatException || rendered is "", rendered);
    }

    [Fact]
    public void A_full_size_event_renders_within_the_limits()
    {
        string json = $$"""{"text":"{{new string('ä', 500_000)}}"}""";

        Assert.Equal(json, Rendering.Render("{{ event | json }}", json));
        Assert.Equal(Encoding.UTF8.GetByteCount(json) - 11, Encoding.UTF8.GetByteCount(Rendering.Render("{{ event.text }}", json)));
    }
}
