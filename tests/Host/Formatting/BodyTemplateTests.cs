using System.Buffers;
using System.Text;
using System.Text.Json;
using AuditHost.Formatting;
using AuditHost.Sdk;

namespace AuditHost.Tests.Formatting;

public sealed class BodyTemplateTests
{
    [Fact]
    public void Batch_and_its_events_are_seen()
    {
        const string Template =
            "{{ batch.count }} {{ batch.destination }} {{ batch.id }}{{ for e in events }}|{{ e.event.id }} {{ e.audit.key }} {{ e.audit.type }}{{ end }}";

        Assert.Equal(
            "2 siem b-1|a log-7 x|b log-8 y",
            Rendering.RenderBody(Template, [Rendering.Event("""{"id":"a","type":"x"}""", 7), Rendering.Event("""{"id":"b","type":"y"}""", 8)]));
    }

    [Fact]
    public void Snippet_of_an_event_template_works_inside_with() =>
        Assert.Equal("a/a ", Rendering.RenderBody("{{ for e in events; with e; event.id + '/' + audit.id + ' '; end; end }}", [Rendering.Event("""{"id":"a"}""")]));

    [Fact]
    public void Array_of_samples_is_valid_json()
    {
        IReadOnlyList<AuditEvent> samples = Rendering.Samples();

        using var body = JsonDocument.Parse(Rendering.RenderBody(
            "[{{ for e in events }}{{ if !for.first }},{{ end }}{{ e.event }}{{ end }}]", samples, Rendering.Json));

        Assert.Equal(
            samples.Select(sample => Encoding.UTF8.GetString(sample.Json.Span)), body.RootElement.EnumerateArray().Select(element => element.GetRawText()));
    }

    [Fact]
    public void Ten_thousand_events_with_inner_loops_are_within_the_limits()
    {
        const string Source = "{{ for e in events; for i in e.event.list; i; end; end }}";
        AuditEvent auditEvent = Rendering.Event("""{"id":"a","list":[1,2,3,4,5,6,7,8,9,10]}""");
        OutboundEvent[] events = [.. Enumerable.Repeat(new OutboundEvent(auditEvent, "log", default), 10_000)];
        TemplateLimits limits = TemplateLimits.Body with { Time = TimeSpan.FromMinutes(1) };
        var template = new BodyTemplate(TemplateCompiler.Compile(Source, "body.sbn", Rendering.TextPlain, ["events"], limits));
        var output = new ArrayBufferWriter<byte>();

        template.Format(events, new BatchFacts("siem", "b-1"), output);

        Assert.Equal(10_000 * "12345678910".Length, output.WrittenCount);
    }

    [Fact]
    public void Empty_batch_renders() => Assert.Equal("0", Rendering.RenderBody("{{ batch.count }}{{ for e in events; 'x'; end }}", []));

    [Theory]
    [InlineData("{{ events[0] = 1 }}")]
    [InlineData("{{ batch.id = 1 }}")]
    [InlineData("{{ for i in 1..2000; for j in 1..2000; end; end }}")]
    [InlineData("{{ s = 'x' * 1000000; for i in 1..17; s; end }}")]
    [InlineData("{{ s = 'x' * 500000; a = []; for i in 1..5000; a[i] = s + i; end }}")]
    [InlineData("{{ while true; end }}")]
    public void Body_beyond_its_limits_is_an_error(string template)
    {
        OutboundEvent[] events = [new(Rendering.Event("{}"), "log", default)];
        IBodyFormatter formatter = TemplateCompiler.CompileBody(template, "body.sbn", Rendering.TextPlain);
        var output = new ArrayBufferWriter<byte>();

        var exception = Assert.Throws<FormatException>(() => formatter.Format(events, new BatchFacts("siem", "b-1"), output));

        Assert.StartsWith("body.sbn:1:", exception.Message, StringComparison.Ordinal);
        Assert.Equal(0, output.WrittenCount);
    }
}
