using System.Text.RegularExpressions;

namespace AuditHost.Sdk;

/// <summary>The code in the author's guide is the code that is compiled here.</summary>
public sealed partial class ReadmeTests
{
    private static readonly string SamplesFolder = Path.Combine(AppContext.BaseDirectory, "Samples");

    public static TheoryData<string> Samples => [.. Directory.EnumerateFiles(SamplesFolder).Select(path => Path.GetFileName(path))];

    [Theory]
    [MemberData(nameof(Samples))]
    public void Sample_stands_in_the_guide_as_it_is_compiled(string file)
    {
        Dictionary<string, string> blocks = CodeBlocks();

        Assert.True(blocks.TryGetValue(file, out string? block), $"sdk/README.md has no block behind <!-- sample: {file} -->.");
        Assert.Equal(File.ReadAllText(Path.Combine(SamplesFolder, file)).ReplaceLineEndings("\n"), block);
    }

    [Fact]
    public void Guide_has_no_code_that_is_not_compiled()
    {
        int fences = Fence().Count(Readme());

        Assert.Equal(Samples.Count, CodeBlocks().Count);
        Assert.Equal(CodeBlocks().Count, fences);
    }

    private static string Readme() => File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "README.md")).ReplaceLineEndings("\n");

    private static Dictionary<string, string> CodeBlocks() => SampleBlock().Matches(Readme())
        .ToDictionary(match => match.Groups["file"].Value, match => match.Groups["code"].Value);

    [GeneratedRegex(@"<!-- sample: (?<file>\S+) -->\n```(?:csharp|xml)\n(?<code>.*?)^```$", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex SampleBlock();

    [GeneratedRegex("^```(?:csharp|xml|cs|c#)", RegexOptions.Multiline)]
    private static partial Regex Fence();
}
