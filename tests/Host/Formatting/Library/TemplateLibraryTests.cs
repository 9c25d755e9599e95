using AuditHost.Formatting.Library;

namespace AuditHost.Tests.Formatting.Library;

public sealed class TemplateLibraryTests : IDisposable
{
    private readonly TemplateFolder _site = new();
    private readonly TemplateFolder _ready = new();

    [Fact]
    public void Site_comes_before_what_is_ready_and_hides_it()
    {
        _site.Write("mine.sbn", "---\nname: acme\n---\nmine");
        _site.Write("zeta.sbn", "zeta");
        _ready.Write("acme.sbn", "ready");
        _ready.Write("beta.sbn", "beta");

        var library = new TemplateLibrary(_site.Path, _ready.Path);

        Assert.Equal(
            [("acme", _site.File("mine.sbn"), false), ("zeta", _site.File("zeta.sbn"), false), ("beta", _ready.File("beta.sbn"), true)],
            library.Entries.Select(entry => (entry.Name, entry.Path, entry.IsReady)));
        Assert.Equal(_site.File("mine.sbn"), library.Find("acme")!.Path);
        Assert.Null(library.Find("mine"));
    }

    [Fact]
    public void Folder_that_is_not_there_has_no_templates() =>
        Assert.Empty(new TemplateLibrary(_site.File("nowhere"), _ready.File("nowhere")).Entries);

    [Fact]
    public void Two_files_of_one_name_cannot_be_used_and_name_each_other()
    {
        _site.Write("a.sbn", "---\nname: acme\n---\n");
        _site.Write("acme.sbn", "x");
        _site.Write("other.sbn", "x");

        var library = new TemplateLibrary(_site.Path, _ready.Path);

        Assert.Equal(
            ["a.sbn and acme.sbn have the same name 'acme'; change one of them", "a.sbn and acme.sbn have the same name 'acme'; change one of them", null],
            library.Entries.Select(entry => entry.Problem));
    }

    [Theory]
    [InlineData("bad.sbn", "---\nknd: body\n---\n", "did you mean kind?")]
    [InlineData("My-Own.sbn", "x", "'My-Own' is no name for a template; write a name of lower-case letters")]
    public void Broken_file_is_listed_with_its_reason(string file, string text, string problem)
    {
        _site.Write(file, text);
        _site.Write("good.sbn", "x");

        var library = new TemplateLibrary(_site.Path, _ready.Path);

        Assert.Contains(problem, library.Find(Path.GetFileNameWithoutExtension(file))!.Problem, StringComparison.Ordinal);
        Assert.Null(library.Find("good")!.Problem);
    }

    [Fact]
    public void What_is_no_template_is_passed_over()
    {
        foreach (string name in new[] { ".#open.sbn", "note.md", "a.sample.jsonl", "a.expected", "a.sbn~" })
            _site.Write(name, "x");

        Assert.Empty(new TemplateLibrary(_site.Path, _ready.Path).Entries);
    }

    [Theory]
    [InlineData("acme", true)]
    [InlineData("Acme", true)]
    [InlineData("acme.sbn", false)]
    [InlineData("./acme", false)]
    [InlineData("templates/acme", false)]
    [InlineData("a\\b", false)]
    [InlineData("", false)]
    public void Name_is_told_from_a_path(string text, bool isName) => Assert.Equal(isName, TemplateName.IsMeant(text));

    public void Dispose()
    {
        _site.Dispose();
        _ready.Dispose();
    }
}
