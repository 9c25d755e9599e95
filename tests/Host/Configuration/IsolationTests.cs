using AuditHost.Configuration;
using AuditHost.Configuration.Options;

namespace AuditHost.Tests.Configuration;

/// <summary>Where a site says that a plugin runs, and what it may use there.</summary>
public sealed class IsolationTests
{
    [Theory]
    [InlineData("isolation: process", 256L << 20, 1024, 128)]
    [InlineData("isolation: { type: process, memory: 128MiB, open_files: 2000, threads: 64 }", 128L << 20, 2000, 64)]
    public async Task Word_or_mapping_gives_a_destination_a_process(string isolation, long memory, int files, int threads)
    {
        IsolationOptions options = (await LoadAsync($"site: {{ type: webhook, endpoint: \"http://a\", {isolation} }}")).Isolation!;

        Assert.Equal((memory, files, threads), (options.MemoryBytes, options.OpenFiles, options.Threads));
    }

    [Theory]
    [InlineData("enabled: true")]
    [InlineData("isolation: context")]
    [InlineData("isolation: { type: context, memory: 128MiB }")]
    public async Task Without_it_a_plugin_runs_in_the_hosts_process(string isolation) =>
        Assert.Null((await LoadAsync($"site: {{ type: webhook, endpoint: \"http://a\", {isolation} }}")).Isolation);

    [Fact]
    public async Task Environment_is_a_list_of_names_with_values()
    {
        IsolationOptions options = (await LoadAsync(
            "site: { type: webhook, endpoint: \"http://a\", isolation: { type: process, environment: [\"A=1\", \"B=x=y\", \"C=\"] } }")).Isolation!;

        Assert.Equal([("A", "1"), ("B", "x=y"), ("C", "")], options.Environment.Select(variable => (variable.Key, variable.Value)));
    }

    [Theory]
    [InlineData("[\"=1\"]", "each is NAME=value")]
    [InlineData("[\"A\"]", "each is NAME=value")]
    [InlineData("[\"A=1\", \"A=2\"]", "A stands there twice")]
    public async Task Wrong_variable_is_an_error_with_its_place(string environment, string message)
    {
        using var folder = new SiteFolder(Site($"site: {{ type: webhook, endpoint: \"http://a\", isolation: {{ type: process, environment: {environment} }} }}"));

        SiteLoadResult result = await folder.LoadAsync();

        Assert.Contains(result.Lines(), line => line.Contains("webhooks.site.isolation.environment", StringComparison.Ordinal) && line.Contains(message, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Folder_of_plugins_and_its_lock_have_a_default()
    {
        using var folder = new SiteFolder("enterprise_integration: {}\nhost: { plugins: { isolation: process } }");

        PluginOptions plugins = (await folder.LoadAsync()).Site!.Host.Plugins!;

        Assert.Equal((Path.Combine(folder.Directory, "plugins"), Path.Combine(folder.Directory, "plugins.lock")), (plugins.Directory, plugins.LockFile));
        Assert.NotNull(plugins.Isolation);
    }

    private static async Task<DestinationOptions> LoadAsync(string destination)
    {
        using var folder = new SiteFolder(Site(destination));
        SiteLoadResult result = await folder.LoadAsync();
        Assert.Empty(result.Lines());
        return Assert.Single(result.Site!.Destinations);
    }

    private static string Site(string destination) => $"enterprise_integration:\n  webhooks:\n    {destination}\n";
}
