using System.Text;
using AuditHost.Configuration.Options;
using AuditHost.Formatting;
using AuditHost.Formatting.Library;

namespace AuditHost.Tests.Formatting.Library;

public sealed class TemplateFileTests
{
    [Fact]
    public void Head_says_what_the_template_is()
    {
        TemplateFile file = Parse("""
            ---
            name: acme
            summary: "For ACME: all of it."
            # A comment.
            kind: body
            content_type: text/x-acme
            source: https://acme.example/docs
            example: |
              token: "${ACME_TOKEN}"
            sample: '{"id":"1"}'
            expected: |+
              one

            ---
            {{ batch.count }}
            """);

        Assert.Equal(("acme", "For ACME: all of it.", TemplateKind.Body, "text/x-acme"), (file.Name, file.Summary, file.Kind, file.ContentType));
        Assert.Equal(("https://acme.example/docs", "token: \"${ACME_TOKEN}\"\n", "{\"id\":\"1\"}", "one\n\n"), (file.Source, file.Example, file.Sample, file.Expected));
        Assert.Equal("{{ batch.count }}", file.Text[file.Start.Offset..]);
    }

    [Theory]
    [InlineData("{{ audit.id }}")]
    [InlineData("----\n{{ audit.id }}")]
    [InlineData("--- x\n{{ audit.id }}")]
    [InlineData("\n---\n---\n{{ audit.id }}")]
    public void File_without_a_head_is_all_template(string text)
    {
        TemplateFile file = Parse(text);

        Assert.Equal((0, "t", null, null), (file.Start.Offset, file.Name, file.Kind, file.ContentType));
        Assert.Null(file.Head);
    }

    [Theory]
    [InlineData("---\n---\nx")]
    [InlineData("---\r\n# nothing\r\n---\r\nx")]
    [InlineData("\uFEFF--- \nkind: event\n---\t\nx")]
    public void Head_ends_with_its_line(string text) => Assert.Equal("x", Render(text));

    [Fact]
    public void Template_that_begins_with_dashes_has_an_empty_head() => Assert.Equal("---\na: e-1", Render("---\n---\n---\na: {{ audit.id }}\n"));

    [Fact]
    public void Template_of_nothing_but_a_head_renders_nothing() => Assert.Equal(string.Empty, Render("---\nsummary: s\n---\n\n\n"));

    [Theory]
    [InlineData("---\nkind: event\nsumary: x\n---\n", "t.sbn:3:1: sumary: unknown key; did you mean summary?", "\n  sumary: x\n  ^")]
    [InlineData("---\nkind: bod\n---\n", "t.sbn:2:7: kind: expected one of event, body, got 'bod'; did you mean body?", "\n  kind: bod\n        ^")]
    [InlineData("---\nname: Acme-1\n---\n", "t.sbn:2:7: name: expected a name of lower-case letters, digits and underscores such as acme_siem, got 'Acme-1'", "^")]
    [InlineData("---\nsample: [1]\n---\n", "t.sbn:2:9: sample: expected a text, got a list", "^")]
    [InlineData("---\ncontent_type:\n---\n", "content_type: expected a text, got nothing", "^")]
    [InlineData("---\nkind: event\nkind: body\n---\n", "t.sbn:3:1: duplicate key kind; it stands already in line 2", "\n  kind: body\n  ^")]
    [InlineData("---\nkind: &a event\n---\n", "t.sbn:2:7: an anchor (&) is not allowed", "^")]
    [InlineData("---\nkind: event\n", "t.sbn:1:1: what the template says of itself begins here and does not end", "\n  ---\n  ^")]
    [InlineData("---\njust text\n---\n", "t.sbn:2:1: the file holds a value; expected a mapping with keys such as summary", "^")]
    [InlineData("---\nsummary: a\n\tkind: event\n---\n", "t.sbn:2:", "not valid YAML")]
    public void Error_in_the_head_names_its_place_and_shows_the_line(string text, string message, string excerpt)
    {
        var exception = Assert.Throws<TemplateException>(() => Parse(text));

        Assert.Contains(message, exception.Message, StringComparison.Ordinal);
        Assert.Contains(excerpt, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void All_errors_of_the_head_are_reported_at_once()
    {
        var exception = Assert.Throws<TemplateException>(() => Parse("---\nknd: event\nkind: x\n---\n"));

        Assert.Contains("t.sbn:2:1: knd", exception.Message, StringComparison.Ordinal);
        Assert.Contains("t.sbn:3:7: kind", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Errors_of_the_template_count_from_the_beginning_of_the_file()
    {
        TemplateFile file = Parse("---\nsummary: s\n---\n{{ audit.id }}\n{{ adit.id }}\n");

        var exception = Assert.Throws<TemplateException>(() => TemplateVersion.Compile(file));

        Assert.StartsWith("t.sbn:5:4: There is no variable or function `adit`.", exception.Message, StringComparison.Ordinal);
        Assert.Contains("\n  {{ adit.id }}\n     ^", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Failure_of_a_rendering_counts_from_the_beginning_of_the_file()
    {
        TemplateVersion version = TemplateVersion.Compile(Parse("---\nsummary: s\n---\n\n {{ 1 // 0 }}"));

        var exception = Assert.Throws<FormatException>(() => version.Event!.Render(Rendering.Event("{}")));

        Assert.StartsWith("t.sbn:5:7: ", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Bytes_that_are_no_text_are_refused_with_their_place()
    {
        var exception = Assert.Throws<TemplateException>(() => TemplateFile.Parse([(byte)'a', (byte)'\n', (byte)'c', (byte)'d', 0xFF], "t.sbn"));

        Assert.Contains("t.sbn:2:3: the file is not UTF-8 from here on", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Only_the_template_counts_for_its_limit_and_the_file_has_one_of_its_own()
    {
        using var folder = new TemplateFolder();
        string head = $"---\nsummary: {new string('s', 70_000)}\n---\n";

        Assert.NotNull(TemplateVersion.Compile(TemplateFile.Read(folder.Write("long.sbn", head + new string('x', 64 * 1024)))));
        Assert.Throws<TemplateException>(() => TemplateVersion.Compile(TemplateFile.Read(folder.Write("long.sbn", head + new string('x', (64 * 1024) + 1)))));
        var exception = Assert.Throws<TemplateException>(() => TemplateFile.Read(folder.Write("huge.sbn", new string('x', TemplateFile.MaxBytes + 1))));
        Assert.Contains("more than 1048576 bytes", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_the_site_says_wins_over_the_head()
    {
        TemplateFile file = Parse("---\nkind: body\ncontent_type: text/x-acme\n---\nx");

        TemplateVersion own = TemplateVersion.Compile(file);
        TemplateVersion overruled = TemplateVersion.Compile(file, new TemplateOptions { Path = "t.sbn", Kind = TemplateKind.Event, ContentType = "text/plain" });
        TemplateVersion silent = TemplateVersion.Compile(Parse("{}"));

        Assert.Equal((TemplateKind.Body, "text/x-acme"), (own.Kind, own.ContentType));
        Assert.Equal((TemplateKind.Event, "text/plain"), (overruled.Kind, overruled.ContentType));
        Assert.Equal((TemplateKind.Event, "application/json"), (silent.Kind, silent.ContentType));
    }

    private static TemplateFile Parse(string text) => TemplateFile.Parse(Encoding.UTF8.GetBytes(text), "t.sbn");

    private static string Render(string text) =>
        TemplateVersion.Compile(Parse(text), new TemplateOptions { Path = "t.sbn", ContentType = Rendering.TextPlain }).Event!.Render(Rendering.Event("""{"id":"e-1"}"""));
}
