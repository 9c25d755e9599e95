using System.IO.Compression;

namespace AuditHost.Template;

/// <summary>Projects of both templates, with names that need care: they build, their tests pass, and a folder comes out that a host takes.</summary>
public sealed class TemplateTests(Workshop workshop)
{
    private const string Passed = "Test run summary: Passed!";

    [Fact]
    public async Task Connector_over_a_raw_connection_passes_its_tests()
    {
        string folder = await workshop.NewAsync("audithost-connector", "my-dash", "--transport raw");

        CommandResult tested = (await workshop.RunAsync(folder, "dotnet test --project my-dash.Tests")).Expect(0);

        Assert.Contains(Passed, tested.Output, StringComparison.Ordinal);
        Assert.Contains("\"my_dash\"", await File.ReadAllTextAsync(Path.Combine(folder, "Factory.cs"), TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Format_passes_its_tests_is_the_same_zip_each_time_and_is_taken_by_a_host()
    {
        string folder = await workshop.NewAsync("audithost-formatter", "Acme.AuditLine");

        CommandResult tested = (await workshop.RunAsync(folder, "dotnet test --project Acme.AuditLine.Tests")).Expect(0);

        Assert.Contains(Passed, tested.Output, StringComparison.Ordinal);
        Assert.Equal(await PublishAnewAsync(folder, "Acme.AuditLine"), await PublishAnewAsync(folder, "Acme.AuditLine"));
        await AssertServesAsync(folder, "Acme.AuditLine", "acme_audit_line");
    }

    [Theory]
    [InlineData("audithost-connector", "Plain", "--type-id my_system", "my_system")]
    [InlineData("audithost-connector", "9Lives.v2", "--transport raw", "lives_v2")]
    public async Task Project_without_tests_builds_with_the_sdks_packages_alone(string template, string name, string options, string type)
    {
        string folder = await workshop.NewAsync(template, name, $"--tests false {options}");
        string sources = Path.Combine(folder, "nuget.config");
        await File.WriteAllTextAsync(
            sources, (await File.ReadAllTextAsync(sources, TestContext.Current.CancellationToken)).Replace("<packageSources>", "<packageSources><clear />", StringComparison.Ordinal), TestContext.Current.CancellationToken);

        (await workshop.RunAsync(folder, "dotnet publish")).Expect(0);

        Assert.False(Directory.Exists(Path.Combine(folder, name + ".Tests")));
        using (ZipArchive zip = ZipFile.OpenRead(Path.Combine(folder, "bin", "plugin", $"{name}-1.0.0.zip")))
        {
            IEnumerable<string> published = Directory.EnumerateFiles(Path.Combine(folder, "bin", "plugin", name)).Select(file => $"{name}/{Path.GetFileName(file)}");
            Assert.Equal(published.Order(StringComparer.Ordinal), zip.Entries.Select(entry => entry.FullName));
        }

        Assert.DoesNotContain(Directory.EnumerateFiles(Path.Combine(folder, "bin", "plugin", name)), file => file.EndsWith("AuditHost.Sdk.dll", StringComparison.Ordinal));
        await AssertServesAsync(folder, name, type);
    }

    [Theory]
    [InlineData("audithost-connector", "http", "raw")]
    [InlineData("audithost-formatter")]
    public void Content_is_free_of_the_repositorys_settings(string template, params string[] transports)
    {
        string folder = Repository.TemplateContent(template);

        Assert.All(transports, transport => Assert.True(File.Exists(Path.Combine(folder, transport, "Factory.cs"))));
        Assert.Empty(Directory.EnumerateFiles(folder, "packages.lock.json", SearchOption.AllDirectories));
        Assert.StartsWith("MIT No Attribution", File.ReadAllText(Path.Combine(folder, "LICENSE")), StringComparison.Ordinal);
    }

    /// <summary>Publishes anew, from nothing, and returns the zip.</summary>
    private async Task<byte[]> PublishAnewAsync(string folder, string name)
    {
        foreach (string made in new[] { "bin", "obj" })
            Directory.Delete(Path.Combine(folder, made), recursive: true);
        (await workshop.RunAsync(folder, "dotnet publish")).Expect(0);
        return await File.ReadAllBytesAsync(Path.Combine(folder, "bin", "plugin", $"{name}-1.0.0.zip"), TestContext.Current.CancellationToken);
    }

    /// <summary>Drops the published folder into a site and asks the host for its plugins.</summary>
    private async Task AssertServesAsync(string project, string name, string type)
    {
        string site = Directory.CreateDirectory(Path.Combine(project, "site", "plugins")).Parent!.FullName;
        Directory.Move(Path.Combine(project, "bin", "plugin", name), Path.Combine(site, "plugins", name));
        await File.WriteAllTextAsync(Path.Combine(site, "site.yaml"), "host:\n  plugins: { directory: ./plugins }\nenterprise_integration: {}\n", TestContext.Current.CancellationToken);
        (await workshop.RunAsync(site, $"audithost plugins trust {name} --config site.yaml")).Expect(0);

        CommandResult listed = (await workshop.RunAsync(site, "audithost plugins list --config site.yaml")).Expect(0);

        string line = Assert.Single(listed.Output.Split('\n'), line => line.Contains($"{name} ", StringComparison.Ordinal));
        Assert.Contains("loaded", line, StringComparison.Ordinal);
        Assert.Contains(type, line, StringComparison.Ordinal);
    }
}
