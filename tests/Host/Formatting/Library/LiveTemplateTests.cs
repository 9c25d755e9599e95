using AuditHost.Configuration.Options;
using AuditHost.Formatting;
using AuditHost.Formatting.Library;

namespace AuditHost.Tests.Formatting.Library;

public sealed class LiveTemplateTests : IDisposable
{
    private static readonly DateTimeOffset Now = DateTimeOffset.UtcNow.AddDays(1);

    private readonly TemplateFolder _folder = new();

    [Fact]
    public void Changed_content_is_taken_up_when_it_is_found_twice()
    {
        _folder.Write("t.sbn", "{\"v\":1}");
        LiveTemplate live = _folder.Open("t.sbn");
        Assert.False(live.Look(Now));
        TemplateVersion first = live.Current;

        _folder.Write("t.sbn", "{\"v\":2}");

        Assert.False(live.Look(Now));
        Assert.Same(first, live.Current);
        Assert.True(live.Look(Now));
        Assert.Equal("{\"v\":2}", Render(live));
        Assert.Equal("{\"v\":1}", first.Event!.Render(Rendering.Event("{}")));
        Assert.NotEqual(first.Revision, live.Current.Revision);
        Assert.False(live.Look(Now));
        Assert.Equal((1, 0, null), (live.Reloads, live.Refusals, live.Problem));
    }

    [Fact]
    public void Content_of_the_same_length_and_time_is_found_too()
    {
        _folder.Write("t.sbn", "{\"v\":1}");
        DateTime changedAt = File.GetLastWriteTimeUtc(_folder.File("t.sbn"));
        LiveTemplate live = _folder.Open("t.sbn");
        live.Look(changedAt.AddSeconds(1));

        _folder.Write("t.sbn", "{\"v\":2}");
        File.SetLastWriteTimeUtc(_folder.File("t.sbn"), changedAt);

        Assert.False(live.Look(changedAt.AddSeconds(2)));
        Assert.True(live.Look(changedAt.AddSeconds(3)));
        Assert.Equal("{\"v\":2}", Render(live));
    }

    [Fact]
    public void Half_a_file_is_never_taken_up()
    {
        _folder.Write("t.sbn", "{\"v\":1}");
        LiveTemplate live = _folder.Open("t.sbn");
        foreach (string part in new[] { "", "{\"v\"", "{\"v\":2", "{\"v\":2}" })
        {
            _folder.Write("t.sbn", part);
            Assert.False(live.Look(Now));
        }

        Assert.True(live.Look(Now));
        Assert.Equal("{\"v\":2}", Render(live));
    }

    [Fact]
    public void Content_that_does_not_compile_is_refused_once_and_the_one_before_goes_on()
    {
        _folder.Write("t.sbn", "{\"v\":1}");
        LiveTemplate live = _folder.Open("t.sbn");

        bool[] broken = Change(live, "{\"v\":{{ nothing }}}", looks: 4);

        Assert.Equal([false, true, false, false], broken);
        Assert.Equal("{\"v\":1}", Render(live));
        Assert.Contains("t.sbn:1:9: There is no variable or function `nothing`", live.Problem, StringComparison.Ordinal);

        Assert.Equal([false, true, false], Change(live, "{\"v\":3}", looks: 3));
        Assert.Equal(("{\"v\":3}", null, 1, 1), (Render(live), live.Problem, live.Reloads, live.Refusals));
    }

    [Fact]
    public void Content_that_comes_back_to_what_renders_ends_the_problem()
    {
        _folder.Write("t.sbn", "{\"v\":1}");
        LiveTemplate live = _folder.Open("t.sbn");
        TemplateVersion first = live.Current;
        Change(live, "{{ if", looks: 2);
        Assert.NotNull(live.Problem);

        Assert.Equal([false, true, false], Change(live, "{\"v\":1}", looks: 3));

        Assert.Null(live.Problem);
        Assert.Same(first, live.Current);
    }

    [Theory]
    [InlineData("---\nkind: body\n---\n{}", "it renders event as application/json, and the file says body as application/json")]
    [InlineData("---\ncontent_type: text/plain\n---\n{}", "it renders event as application/json, and the file says event as text/plain")]
    [InlineData("---\nknd: event\n---\n{}", "did you mean kind?")]
    public void What_a_destination_was_put_together_by_cannot_change(string content, string problem)
    {
        _folder.Write("t.sbn", "{\"v\":1}");
        LiveTemplate live = _folder.Open("t.sbn");

        Assert.Equal([false, true, false], Change(live, content, looks: 3));

        Assert.Contains(problem, live.Problem, StringComparison.Ordinal);
        Assert.Equal("{\"v\":1}", Render(live));
    }

    [Fact]
    public void Head_that_the_site_overrules_may_change()
    {
        _folder.Write("t.sbn", "{\"v\":1}");
        LiveTemplate live = _folder.Open("t.sbn", TemplateKind.Event, Rendering.Json);

        Change(live, "---\nkind: body\ncontent_type: text/plain\n---\n{\"v\":2}", looks: 2);

        Assert.Equal(("{\"v\":2}", null), (Render(live), live.Problem));
    }

    [Fact]
    public void File_that_is_gone_is_said_once_and_may_come_back()
    {
        _folder.Write("t.sbn", "{\"v\":1}");
        LiveTemplate live = _folder.Open("t.sbn");
        File.Delete(_folder.File("t.sbn"));

        Assert.Equal([false, true, false, false], Looks(live, 4));
        Assert.Contains("there is no such file", live.Problem, StringComparison.Ordinal);
        Assert.Equal("{\"v\":1}", Render(live));
        Assert.Equal([false, true, false], Change(live, "{\"v\":1}", looks: 3));
        Assert.Null(live.Problem);
    }

    [Fact]
    public void Template_that_does_not_compile_is_not_opened()
    {
        _folder.Write("t.sbn", "{{ if");

        Assert.Throws<TemplateException>(() => _folder.Open("t.sbn"));
        Assert.Throws<FileNotFoundException>(() => _folder.Open("none.sbn"));
    }

    public void Dispose() => _folder.Dispose();

    private static string Render(LiveTemplate live) => live.Current.Event!.Render(Rendering.Event("{}"));

    private static bool[] Looks(LiveTemplate live, int count) => [.. Enumerable.Range(0, count).Select(_ => live.Look(Now))];

    private bool[] Change(LiveTemplate live, string content, int looks)
    {
        _folder.Write("t.sbn", content);
        return Looks(live, looks);
    }
}
