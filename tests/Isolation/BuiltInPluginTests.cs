using System.Text.Json;
using AuditHost.Sdk;

namespace AuditHost.Plugins;

/// <summary>The plugins that ship with the host, loaded as it loads them.</summary>
public sealed class BuiltInPluginTests(BuiltInPlugins plugins) : IClassFixture<BuiltInPlugins>
{
    private readonly PluginCatalogue _catalogue = plugins.Catalogue;

    [Fact]
    public void Built_in_plugins_load_without_a_refusal()
    {
        Assert.NotEmpty(_catalogue.Plugins);
        Assert.All(_catalogue.Plugins, plugin => Assert.Equal((PluginStatus.Loaded, null), (plugin.Status, plugin.Reason)));
        Assert.All(_catalogue.Plugins, plugin => Assert.NotEmpty(plugin.Types));
    }

    [Fact]
    public void Built_in_plugins_sum_themselves_up_in_a_sentence()
    {
        Assert.All(Factories(), factory => Assert.EndsWith(".", factory.Summary));
    }

    [Fact]
    public void Built_in_plugins_describe_every_setting()
    {
        foreach (PluginFactory factory in Factories())
        {
            using JsonDocument schema = JsonDocument.Parse(factory.SettingsSchema);
            Assert.True(SchemaProperties.WithoutDescription(schema.RootElement) is [], $"{factory.Type}: {string.Join(", ", SchemaProperties.WithoutDescription(schema.RootElement))} without a description.");
        }
    }

    [Fact]
    public void Built_in_plugins_publish_words_as_a_site_file_has_them()
    {
        // The methods of HTTP and the priorities of Opsgenie are not ours to spell.
        foreach (PluginFactory factory in Factories())
        {
            using JsonDocument schema = JsonDocument.Parse(factory.SettingsSchema);
            Assert.All(SchemaProperties.Words(schema.RootElement), word => Assert.Matches(@"^([a-z][a-z0-9_]*|POST|PUT|PATCH|P[1-5]|([a-z0-9-]+\.)+(com|eu))$", word));
        }
    }

    [Fact]
    public void Connectors_default_format_is_one_that_the_host_has()
    {
        Assert.All(
            _catalogue.Connectors.Where(connector => connector.Info.Content != BatchContent.None),
            connector => Assert.True(_catalogue.TryGetFormatter(connector.Info.DefaultFormat, out _), $"{connector.Type}: no format '{connector.Info.DefaultFormat}'."));
    }

    private IEnumerable<PluginFactory> Factories() => [.. _catalogue.Connectors, .. _catalogue.Formatters];
}
