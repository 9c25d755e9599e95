using System.Text;
using AuditHost.Configuration;
using AuditHost.Configuration.Yaml;

namespace AuditHost.Tests.Configuration;

/// <summary>What YAML can do and a site file must not.</summary>
public sealed class YamlTreeTests
{
    [Theory]
    [InlineData("a: &x 1\n", "1:4: error: an anchor (&) is not allowed; write values out, in quotes where they begin with &")]
    [InlineData("a: &x 1\nb: *x\n", "2:4: error: an alias (*) is not allowed; write the value out, in quotes where it begins with *")]
    [InlineData("a: !!str 1\n", "1:4: error: a tag (!) is not allowed; every key has its own type; write values in quotes where they begin with !")]
    [InlineData("a: !System.IO.FileInfo x\n", "1:4: error: a tag (!) is not allowed; every key has its own type; write values in quotes where they begin with !")]
    [InlineData("a: 1\nb: 2\na: 3\n", "3:1: error: duplicate key a; it stands already in line 1")]
    [InlineData("a:\n  b: 1\n  b: 2\n", "3:3: error: duplicate key b; it stands already in line 2")]
    [InlineData("a: 1\n---\nb: 2\n", "2:1: error: a second document begins here; there can be one only")]
    [InlineData("- a\n", "1:1: error: the file holds a list; expected a mapping with the key enterprise_integration")]
    [InlineData("text\n", "1:1: error: the file holds a value; expected a mapping with the key enterprise_integration")]
    [InlineData("# nothing\n", "1:1: error: the file is empty; expected the key enterprise_integration")]
    [InlineData("? [a, b]\n: 1\n", "1:3: error: a key is a name, not a list")]
    public void Forbidden_yaml_is_refused_at_its_place(string yaml, string expected)
    {
        Assert.Contains($"site.yaml:{expected}", Parse(yaml));
    }

    [Theory]
    [InlineData("a: 1\n\tb: 2\n", "site.yaml:1:4: error: not valid YAML:")]
    [InlineData("a: [1, 2\n", "site.yaml:2:1: error: not valid YAML:")]
    [InlineData("a: \"open\n", "error: not valid YAML:")]
    public void Broken_yaml_is_refused_with_the_parsers_place(string yaml, string expected)
    {
        Assert.Contains(expected, Assert.Single(Parse(yaml)), StringComparison.Ordinal);
    }

    [Fact]
    public void Nesting_is_limited()
    {
        string yaml = new string('[', 33) + new string(']', 33);

        Assert.Equal(["site.yaml:1:33: error: nested more than 32 levels deep"], Parse(yaml));
        Assert.DoesNotContain(Parse(new string('[', 32) + new string(']', 32)), line => line.Contains("nested", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("[")]
    [InlineData("{a: ")]
    [InlineData("- ")]
    public void Deep_nesting_ends_in_one_error_and_not_in_a_crash(string opening)
    {
        Assert.Single(Parse(string.Concat(Enumerable.Repeat(opening, 20_000))));
    }

    [Fact]
    public void Number_of_values_is_limited()
    {
        var yaml = new StringBuilder();
        yaml.Insert(0, "- 1\n", 100_001);

        Assert.EndsWith("more than 100000 values in one file", Assert.Single(Parse(yaml.ToString())), StringComparison.Ordinal);
    }

    [Fact]
    public void Alias_bomb_is_refused_at_its_first_alias()
    {
        Assert.Contains("site.yaml:2:5: error: an alias (*) is not allowed; write the value out, in quotes where it begins with *", Parse("a: &a [x, x]\nb: [*a, *a, *a]\nc: [*b]\n"));
    }

    [Fact]
    public async Task File_that_is_not_utf8_is_refused_where_it_stops_being_so()
    {
        using var folder = new SiteFolder(string.Empty);
        await File.WriteAllBytesAsync(folder.File, [.. "a: 1\nbä: "u8, 0xFF, (byte)'\n'], TestContext.Current.CancellationToken);

        Assert.Equal(["site.yaml:2:5: error: the file is not UTF-8 from here on"], (await folder.LoadAsync()).Lines());
    }

    [Fact]
    public async Task File_of_more_than_a_mebibyte_is_refused()
    {
        SiteLoadResult result = await SiteFolder.LoadAsync(new string('#', YamlSource.MaxBytes + 1));

        Assert.Equal(["site.yaml: error: the file is larger than 1 MiB, which no site file needs"], result.Lines());
    }

    [Fact]
    public async Task Byte_order_mark_is_no_part_of_the_first_key()
    {
        Assert.NotNull((await SiteFolder.LoadAsync("\uFEFFenterprise_integration: {}\n")).Site);
    }

    [Fact]
    public async Task Alias_in_the_place_of_a_value_causes_no_error_besides_its_own()
    {
        SiteLoadResult result = await SiteFolder.LoadAsync("enterprise_integration:\n  global:\n    max_concurrent_deliveries: *x\n");

        Assert.Equal(["site.yaml:3:32: error: an alias (*) is not allowed; write the value out, in quotes where it begins with *"], result.Errors());
    }

    private static string[] Parse(string yaml)
    {
        var diagnostics = new DiagnosticList();
        YamlTree.Parse(yaml, "site.yaml", diagnostics);
        return [.. diagnostics.InFileOrder().Select(diagnostic => diagnostic.ToString())];
    }
}
