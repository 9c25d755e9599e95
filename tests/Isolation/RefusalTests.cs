using AuditHost.Sdk;

namespace AuditHost.Plugins;

/// <summary>Each broken plugin is refused with its reason and remedy, and the good one beside it serves.</summary>
[Promise("G13")]
public sealed class RefusalTests : IDisposable
{
    private readonly PluginDirectories _directories = new();

    public RefusalTests()
    {
        PluginDirectories.Place("Good", _directories.BuiltIn);
    }

    public void Dispose() => _directories.Dispose();

    [Fact]
    public void Plugin_that_throws_in_its_constructor_is_refused()
    {
        _directories.Place("ThrowsInConstructor");

        AssertRefused(
            PluginStatus.Broken,
            "The factory ThrowsInConstructor.ThrowsInConstructorFactory fails with InvalidOperationException: The moon is not full. "
            + "Its constructor and its schema must work without settings.");
    }

    [Theory]
    [InlineData("Outer")]
    [InlineData("Inner")]
    public void Plugin_with_a_missing_assembly_is_refused_by_its_name(string missing)
    {
        string folder = _directories.Place("MissingDependency");
        File.Delete(Path.Combine(folder, missing + ".dll"));

        AssertRefused(PluginStatus.Broken, $"The assembly {missing} is missing. Replace the folder with the whole output of 'dotnet publish'.");
    }

    [Fact]
    public void Plugin_does_not_borrow_the_assembly_it_lacks_from_the_host()
    {
        string folder = _directories.Place("NewNewtonsoft");
        File.Delete(Path.Combine(folder, "Newtonsoft.Json.dll"));

        AssertRefused(PluginStatus.Broken, "The assembly Newtonsoft.Json is missing. Replace the folder with the whole output of 'dotnet publish'.");
    }

    [Fact]
    public void Plugin_with_all_its_assemblies_serves()
    {
        _directories.Place("MissingDependency");
        using PluginCatalogue catalogue = _directories.Load();

        Assert.True(catalogue.TryGetFormatter("missing_dependency", out FormatterFactory? factory));
        Assert.Equal("From the inner library.", factory.Summary);
    }

    [Fact]
    public void Plugin_for_a_newer_minor_of_the_sdk_is_incompatible()
    {
        _directories.Place("NewerSdk");

        PluginDescription refused = AssertRefused(
            PluginStatus.Incompatible,
            $"Built against SDK 1.99; this host serves 1.0 to {SdkVersion.OfHost}. Update the host, or use a build of the plugin for SDK {SdkVersion.OfHost} or older.");
        Assert.Equal("1.99", refused.SdkVersion);
        Assert.Equal("1.0.0", refused.Version);
    }

    [Fact]
    public void Plugin_for_another_major_of_the_sdk_is_incompatible()
    {
        _directories.Place("OtherMajor");

        AssertRefused(
            PluginStatus.Incompatible,
            $"Built against SDK 2.0; this host serves 1.0 to {SdkVersion.OfHost}. Use a build of the plugin for SDK 1.x, or the host of SDK 2.x.");
    }

    [Fact]
    public void Plugin_without_a_stamp_is_refused()
    {
        _directories.Place("NoStamp");

        AssertRefused(PluginStatus.Broken, "NoStamp.dll is not stamped with an SDK version. Reference the package AuditHost.Sdk, which does it, and build again.");
    }

    [Fact]
    public void Plugin_that_announces_no_factory_is_refused()
    {
        _directories.Place("NoFactory");

        AssertRefused(PluginStatus.Broken, "NoFactory.dll announces no factory. Add [assembly: Plugin(typeof(YourFactory))] and build again.");
    }

    [Fact]
    public void Plugin_whose_factory_is_not_public_is_refused()
    {
        _directories.Place("HiddenFactory");

        AssertRefused(PluginStatus.Broken, "The factory HiddenFactory.HiddenFactoryFactory is not public. Make it public.");
    }

    [Fact]
    public void Plugin_whose_factory_needs_arguments_is_refused()
    {
        _directories.Place("NeedsArguments");

        AssertRefused(PluginStatus.Broken, "The factory NeedsArguments.NeedsArgumentsFactory has no public constructor without parameters. Add one.");
    }

    [Fact]
    public void Plugin_with_a_type_name_that_no_site_file_can_hold_is_refused()
    {
        _directories.Place("BadTypeName");

        AssertRefused(PluginStatus.Broken, "The type 'Bad-Name' is not in lower_snake_case. Rename it to match [a-z][a-z0-9]*(_[a-z0-9]+)*.");
    }

    [Fact]
    public void Plugin_of_the_site_does_not_replace_a_type_of_a_built_in_one()
    {
        string folder = _directories.Place("DuplicateType");

        string owner = Path.Combine(_directories.BuiltIn, "Good");
        AssertRefused(
            PluginStatus.Broken,
            $"The connector 'echo' of {folder} is already provided by {owner}. Rename the type, or remove one of the two.");
    }

    /// <summary>Checks the one plugin that is not <c>Good</c>, and that <c>Good</c> works beside it.</summary>
    private PluginDescription AssertRefused(PluginStatus status, string reason)
    {
        using PluginCatalogue catalogue = _directories.Load();

        PluginDescription refused = Assert.Single(catalogue.Plugins, plugin => !plugin.BuiltIn);
        Assert.Equal((status, reason), (refused.Status, refused.Reason));
        Assert.Empty(refused.Types);
        Assert.True(catalogue.TryGetConnector("echo", out ConnectorFactory? echo));
        Assert.Equal("Acknowledges every batch with its own body.", echo.Summary);
        Assert.Equal(["echo", "upper"], catalogue.DescriptionOf(echo).Types.Order());
        return refused;
    }
}
