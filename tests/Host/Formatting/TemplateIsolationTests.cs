using System.Buffers;
using System.Text;
using AuditHost.Formatting;
using AuditHost.Sdk;

namespace AuditHost.Tests.Formatting;

public sealed class TemplateIsolationTests
{
    [Theory]
    [InlineData("{{ if event.first; x = 'secret'; end; x }}")]
    [InlineData("{{ if event.first; $x = 'secret'; end; $x }}")]
    [InlineData("{{ if event.first; this.x = 'secret'; end; this.x }}")]
    [InlineData("{{ if event.first; capture x; 'secret'; end; end; x }}")]
    [InlineData("{{ if event.first; func x; ret 'secret'; end; end; x }}")]
    [InlineData("{{ if event.first; for x in ['secret']; y = x; end; end; y }}")]
    [InlineData("{{ if event.first; o = {}; o.x = 'secret'; end; o.x }}")]
    [InlineData("{{ if event.first; readonly x; x = 'secret'; end; x }}")]
    [InlineData("{{ event.secret }}")]
    public void Nothing_of_one_event_is_left_for_the_next(string source)
    {
        IEventFormatter template = TemplateCompiler.CompileEvent(source, "t.sbn", Rendering.TextPlain);
        ParsedEvents(out AuditEvent first, out AuditEvent second);

        for (int round = 0; round < 3; round++)
        {
            Record.Exception(() => template.Render(first));
            Assert.DoesNotContain("secret", template.Render(second), StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("{{ array.cycle ['a','b'] }}", "a")]
    [InlineData("{{ if event.first; ret; end; 'b' }}", "b")]
    [InlineData("{{ if event.first; ret 'a'; end; 'b' }}", "b")]
    [InlineData("{{ if event.first; break; end; 'b' }}", "b")]
    [InlineData("{{ if event.first; continue; end; 'b' }}", "b")]
    [InlineData("{{ for i in 1..3; if event.first; ret; end; i; end }}", "123")]
    [InlineData("{{ capture c; if event.first; ret; end; 'b'; end; c }}", "b")]
    [InlineData("{{ func f; ret 1; end; if event.first; f; ret f; end; f }}", "1")]
    [InlineData("{{ if event.first; case 1; when 1; ret; end; end; 'b' }}", "b")]
    [InlineData("{{ with event; if first; ret; end; 'b'; end }}", "b")]
    [InlineData("{{ while true; if event.first; ret; end; break; end; 'b' }}", "b")]
    public void Next_rendering_begins_at_the_beginning(string source, string rendered)
    {
        IEventFormatter template = TemplateCompiler.CompileEvent(source, "t.sbn", Rendering.TextPlain);
        ParsedEvents(out AuditEvent first, out AuditEvent second);

        for (int round = 0; round < 3; round++)
        {
            Record.Exception(() => template.Render(first));
            Assert.Equal(rendered, template.Render(second));
        }
    }

    [Fact]
    public void Nothing_of_a_failed_rendering_is_left_for_the_next()
    {
        IEventFormatter template = TemplateCompiler.CompileEvent("{{ event.secret }}{{ x }}{{ if event.first; x = 'secret'; 1 // 0; end }}|",
            "t.sbn", Rendering.TextPlain);
        ParsedEvents(out AuditEvent first, out AuditEvent second);

        Assert.Throws<FormatException>(() => template.Render(first));
        Assert.Equal("|", template.Render(second));
    }

    [Fact]
    public void Nothing_of_one_template_is_left_for_another()
    {
        ParsedEvents(out AuditEvent first, out AuditEvent second);
        IEventFormatter one = TemplateCompiler.CompileEvent("{{ x = event.secret; x }}", "one.sbn", Rendering.TextPlain);
        IEventFormatter other = TemplateCompiler.CompileEvent("{{ this.x }}{{ if false; x = 1; end; x }}", "other.sbn", Rendering.TextPlain);

        Assert.Equal("secret", one.Render(first));
        Assert.Equal("", other.Render(second));
    }

    [Fact]
    public async Task Eight_threads_render_their_own_events()
    {
        IEventFormatter template = TemplateCompiler.CompileEvent(
            "{{ x = event.id; for i in event.list; i + x; ' '; end }}{{ audit.id | json }}", "t.sbn", Rendering.TextPlain);

        await Task.WhenAll(Enumerable.Range(0, 8).Select(thread => Task.Factory.StartNew(
            () =>
            {
                for (int round = 0; round < 300; round++)
                {
                    string id = $"{thread}-{round}";
                    AuditEvent auditEvent = Rendering.Event($$"""{"id":"{{id}}","list":["a","b"]}""");
                    Assert.Equal($"a{id} b{id} \"{id}\"", template.Render(auditEvent));
                }
            },
            TestContext.Current.CancellationToken, TaskCreationOptions.LongRunning, TaskScheduler.Default)));
    }

    [Fact]
    public void Same_event_renders_to_the_same_bytes()
    {
        IEventFormatter template = TemplateCompiler.CompileEvent("{{ event | json }}{{ audit }}", "t.sbn", Rendering.TextPlain);
        AuditEvent sample = Rendering.Samples()[3];

        Assert.Equal(template.Render(sample), template.Render(sample));
    }

    [Fact]
    public void Output_is_appended_to_what_the_caller_has()
    {
        var output = new ArrayBufferWriter<byte>();
        output.Write("before "u8);

        TemplateCompiler.CompileEvent("after", "t.sbn", Rendering.TextPlain).Format(Rendering.Event("{}"), output);

        Assert.Equal("before after", Encoding.UTF8.GetString(output.WrittenSpan));
    }

    private static void ParsedEvents(out AuditEvent first, out AuditEvent second)
    {
        first = Rendering.Event("""{"first":true,"secret":"secret"}""");
        second = Rendering.Event("""{"first":false}""");
    }
}
