using AuditHost.Formatting.Library;

namespace AuditHost.Tests.Formatting.Library;

public sealed class GoldenTestTests : IDisposable
{
    private const string Lines = "---\ncontent_type: text/plain\nsample: |\n  {\"id\":\"a\"}\n  {\"id\":\"b\"}\n";

    private readonly TemplateFolder _folder = new();

    [Fact]
    public void Events_render_one_after_the_other_each_with_a_line_break() =>
        AssertPassed(Run($"{Lines}expected: |\n  a 1\n  b 2\n---\n{{{{ audit.id }}}} {{{{ audit.sequence }}}}\n"), events: 2);

    [Fact]
    public void Body_is_compared_to_its_last_byte()
    {
        const string Body = "---\nkind: body\ncontent_type: text/plain\nsample: '{\"id\":\"a\"}'\nexpected: ";
        const string Template = "{{ batch.destination }} {{ batch.id }}{{ for e in events }} {{ e.audit.key }}{{ end }}";

        AssertPassed(Run($"{Body}sample sample-1 sample-1\n---\n{Template}"));
        AssertPassed(Run($"{Body}|\n  sample sample-1 sample-1\n---\n{Template}\n"));
        GoldenResult result = Run($"{Body}sample sample-1 sample-1\n---\n{Template}\n");
        Assert.Equal(["- sample sample-1 sample-1 (no line break at the end)", "+ sample sample-1 sample-1"], result.Difference!.Lines);
    }

    [Fact]
    public void What_a_journal_would_give_is_the_same_each_time()
    {
        const string Template = "---\ncontent_type: text/plain\nsample: '[{},{\"x\":1}]'\nexpected: |\n"
            + "  00000000-0000-7000-8000-000000000001 1 2026-01-01T00:00:00Z\n  00000000-0000-7000-8000-000000000002 2 2026-01-01T00:00:00Z\n---\n"
            + "{{ audit.id }} {{ audit.sequence }} {{ audit.received_at }}";

        AssertPassed(Run(Template), events: 2);
    }

    [Fact]
    public void Difference_is_shown_with_its_line_and_column()
    {
        GoldenResult result = Run($"{Lines}expected: |\n  a 1\n  b 3\n---\n{{{{ audit.id }}}} {{{{ audit.sequence }}}}");

        Assert.Equal(GoldenOutcome.Failed, result.Outcome);
        Assert.Equal((2, 3), (result.Difference!.Line, result.Difference.Column));
        Assert.Equal(["  a 1", "- b 3", "+ b 2"], result.Difference.Lines);
    }

    [Theory]
    [InlineData("sample: '{'", "event 1 of the sample is no JSON object, or does not end")]
    [InlineData("sample: 'nothing'", "event 1 of the sample is no JSON object")]
    [InlineData("sample: '{} x'", "event 2 of the sample is no JSON object")]
    [InlineData("sample: '[]'", "the sample has no event")]
    [InlineData("sample: '{\"id\":}'", "event 1 of the sample cannot be taken")]
    [InlineData("expected: x", "it has an expected output and no sample")]
    [InlineData("sample: '{}'", "nothing says what is expected")]
    [InlineData("sample: '{\"id\":\"fails\"}'\nexpected: x", "t.sbn:")]
    public void What_cannot_be_tested_says_why(string head, string problem)
    {
        GoldenResult result = Run($"---\ncontent_type: text/plain\n{head}\n---\n{{{{ if audit.id == 'fails'; 1 // 0; end }}}}");

        Assert.Equal(GoldenOutcome.Failed, result.Outcome);
        Assert.Contains(problem, result.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Template_that_does_not_compile_fails_its_test()
    {
        GoldenResult result = Run($"{Lines}expected: x\n---\n{{{{ adit }}}}");

        Assert.Equal(GoldenOutcome.Failed, result.Outcome);
        Assert.Contains(":8:4: There is no variable or function `adit`", result.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Template_without_a_sample_is_neither_passed_nor_failed() => Assert.Equal(GoldenOutcome.NoSample, Run("{}").Outcome);

    [Theory]
    [InlineData("t.sample.jsonl")]
    [InlineData("t.sample.json")]
    public void Sample_may_lie_beside_the_template(string sample)
    {
        _folder.Write(sample, "{\"id\":\"a\"}\n\n{\"id\":\"b\"}");
        _folder.Write("t.expected", "{\"id\":\"a\"}\n{\"id\":\"b\"}\n");

        AssertPassed(Run("{{ event }}"), events: 2);
        _folder.Write("t.expected", "{\"id\":\"a\"}\n{\"id\":\"c\"}\n");
        Assert.Equal((2, 8), (Run("{{ event }}").Difference!.Line, Run("{{ event }}").Difference!.Column));
    }

    [Fact]
    public void Two_samples_are_one_too_many()
    {
        _folder.Write("t.sample.jsonl", "{}");
        Assert.Contains("its sample stands at its head and in", Run($"{Lines}---\n").Problem, StringComparison.Ordinal);
        Assert.Contains("belongs into", Run("---\nexpected: x\n---\n").Problem, StringComparison.Ordinal);
        _folder.Write("t.sample.json", "{}");
        Assert.Contains("t.sample.jsonl and ", Run("x").Problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("plain {{ audit.id }}\n")]
    [InlineData("  leading {{ audit.id }}\n\ttab: \"quoted\" # no comment")]
    [InlineData("\nfirst line is empty\n\n")]
    [InlineData("controls {{ event.odd }}")]
    [InlineData("emoji 😀 and ☃")]
    [InlineData("{{ event.missing }}")]
    public void Update_writes_what_is_rendered_and_keeps_the_rest(string template)
    {
        string path = _folder.Write(
            "t.sbn", "---\n# first\nkind: event\nexpected: |\n  old\n\n  older\n# of the sample\nsample: '{\"id\":\"a\",\"odd\":\"\\u0001\\u0085\\u2028\\t\\r\\n\"}'\ncontent_type: text/plain\n---\n" + template);

        Assert.Equal(GoldenOutcome.Updated, GoldenTest.Run(path, update: true).Outcome);

        AssertPassed(GoldenTest.Run(path));
        string written = _folder.Read("t.sbn");
        Assert.StartsWith("---\n# first\nkind: event\nexpected: ", written, StringComparison.Ordinal);
        Assert.Contains("\n# of the sample\nsample: '{", written, StringComparison.Ordinal);
        Assert.EndsWith($"\ncontent_type: text/plain\n---\n{template}", written, StringComparison.Ordinal);
        Assert.DoesNotContain("old", written, StringComparison.Ordinal);
        Assert.Equal(GoldenOutcome.Passed, GoldenTest.Run(path, update: true).Outcome);
        Assert.Equal(written, _folder.Read("t.sbn"));
    }

    [Fact]
    public void Update_adds_what_is_expected_where_nothing_is_yet()
    {
        string path = _folder.Write("t.sbn", $"{Lines}---\n{{{{ audit.id }}}}");
        string beside = _folder.Write("u.sbn", "{{ event }}");
        _folder.Write("u.sample.jsonl", "{\"id\":\"a\"}");

        Assert.Equal(GoldenOutcome.Updated, GoldenTest.Run(path, update: true).Outcome);
        Assert.Equal(GoldenOutcome.Updated, GoldenTest.Run(beside, update: true).Outcome);

        Assert.Equal($"{Lines}expected: |\n  a\n  b\n---\n{{{{ audit.id }}}}", _folder.Read("t.sbn"));
        Assert.Equal("{\"id\":\"a\"}\n", _folder.Read("u.expected"));
        Assert.Equal("{{ event }}", _folder.Read("u.sbn"));
    }

    public void Dispose() => _folder.Dispose();

    private static void AssertPassed(GoldenResult result, int events = 1)
    {
        Assert.True(result.Outcome == GoldenOutcome.Passed, result.Problem ?? string.Join('\n', result.Difference?.Lines ?? []));
        Assert.Equal(events, result.Events);
    }

    private GoldenResult Run(string template) => GoldenTest.Run(_folder.Write("t.sbn", template));
}
