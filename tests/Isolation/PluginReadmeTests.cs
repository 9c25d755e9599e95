using AuditHost.Sdk;

namespace AuditHost.Plugins;

/// <summary>The READMEs of the built-in plugins say what the code says. <c>tests/readmes</c> writes them.</summary>
public sealed class PluginReadmeTests(BuiltInPlugins plugins) : IClassFixture<BuiltInPlugins>
{
    private static readonly bool Write = Environment.GetEnvironmentVariable("AUDITHOST_WRITE_READMES") == "1";

    private readonly PluginCatalogue _catalogue = plugins.Catalogue;

    public static TheoryData<string> Plugins => [.. Directory.EnumerateDirectories(PluginDirectories.OfHost).Select(folder => Path.GetFileName(folder)).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Plugins))]
    public void Readme_says_what_the_code_says(string plugin)
    {
        string expected = PluginPage.Compose(plugin, FactoriesOf(plugin));
        if (Write)
            File.WriteAllText(PluginPage.PathOf(plugin), expected);

        Assert.True(File.Exists(PluginPage.PathOf(plugin)) && File.ReadAllText(PluginPage.PathOf(plugin)) == expected, $"{PluginPage.PathOf(plugin)} is not of today. Run tests/readmes.");
    }

    [Theory]
    [MemberData(nameof(Plugins))]
    public void Plugin_has_a_sample(string plugin) =>
        Assert.Contains(FactoriesOf(plugin), factory => File.Exists(Path.Combine(PluginPage.Root, PluginPage.SampleOf(factory))));

    [Fact]
    public void Every_connector_says_what_counts_as_delivered() =>
        Assert.All(_catalogue.Connectors, connector => Assert.False(string.IsNullOrEmpty(connector.Info.Delivered), $"{connector.Type} says nothing."));

    [Fact]
    public void Every_plugin_stands_in_the_list()
    {
        string list = File.ReadAllText(Path.Combine(PluginPage.Root, "plugins", "README.md"));

        Assert.All(_catalogue.Plugins, plugin => Assert.Contains($"| [`{plugin.Name}`]({plugin.Name}) |", list, StringComparison.Ordinal));
        Assert.All(_catalogue.Plugins.SelectMany(plugin => plugin.Types), type => Assert.Contains($"`{type}`", list, StringComparison.Ordinal));
    }

    private PluginFactory[] FactoriesOf(string plugin) =>
    [
        .. new PluginFactory[][] { [.. _catalogue.Connectors], [.. _catalogue.Formatters] }
            .SelectMany(factories => factories)
            .Where(factory => _catalogue.DescriptionOf(factory).Name == plugin),
    ];
}
