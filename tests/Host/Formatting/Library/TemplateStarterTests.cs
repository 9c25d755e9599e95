using System.Text;
using AuditHost.Configuration.Options;
using AuditHost.Formatting.Library;

namespace AuditHost.Tests.Formatting.Library;

public sealed class TemplateStarterTests : IDisposable
{
    private readonly TemplateFolder _folder = new();

    [Theory]
    [InlineData(false, "application/json")]
    [InlineData(false, "application/problem+json")]
    [InlineData(false, "application/x-ndjson")]
    [InlineData(false, "text/plain; charset=utf-8")]
    [InlineData(true, "application/json")]
    [InlineData(true, "application/x-ndjson")]
    [InlineData(true, "text/plain")]
    public void Begun_template_compiles_and_passes_its_test(bool body, string contentType)
    {
        TemplateKind kind = body ? TemplateKind.Body : TemplateKind.Event;
        string path = _folder.Write("acme.sbn", TemplateStarter.Write("acme", kind, contentType));

        TemplateVersion version = TemplateVersion.Compile(TemplateFile.Read(path));
        GoldenResult result = GoldenTest.Run(path);

        Assert.Equal((kind, contentType), (version.Kind, version.ContentType));
        Assert.Equal((GoldenOutcome.Passed, 2), (result.Outcome, result.Events));
    }

    [Theory]
    [InlineData(false, "text/plain")]
    [InlineData(true, "text/plain")]
    [InlineData(false, "application/x-ndjson")]
    [InlineData(true, "application/x-ndjson")]
    public void Begun_template_of_lines_keeps_every_event_on_one(bool body, string contentType)
    {
        string text = TemplateStarter.Write("acme", body ? TemplateKind.Body : TemplateKind.Event, contentType);
        TemplateVersion version = TemplateVersion.Compile(TemplateFile.Parse(Encoding.UTF8.GetBytes(text), "acme.sbn"));

        string rendered = GoldenTest.Render(version, SampleEvents.Parse("""{"id":"a\nb","type":"c\r\nd","user":"e\nf","payload":{"data":{"resource_id":"g\nh"}}}""", "sample"));

        Assert.Equal(1, rendered.Count(character => character == '\n'));
    }

    [Fact]
    public void Copy_has_its_own_name_in_head_and_example()
    {
        TemplateFile ready = TemplateFile.Parse("---\nname: acme\nexample: |\n  template: acme\n---\nname: x\n"u8, "other.sbn");

        Assert.Equal("---\nexample: |\n  template: mine\n---\nname: x\n", TemplateStarter.Copy(ready, "mine"));
    }

    public void Dispose() => _folder.Dispose();
}
