using AuditHost.Configuration.Options;

namespace AuditHost.Plugins;

/// <summary>What is wrong with a folder before anything in it is loaded.</summary>
[Promise("G13")]
public sealed class FolderTests : IDisposable
{
    private readonly PluginDirectories _directories = new();

    public void Dispose() => _directories.Dispose();

    [Fact]
    public void Folder_without_the_main_assembly_is_refused()
    {
        string folder = _directories.Place("Good");
        File.Move(Path.Combine(folder, "Good.dll"), Path.Combine(folder, "Better.dll"));

        AssertReason($"There is no Good.dll in {folder}. The main assembly has its folder's name: rename one of them.");
    }

    [Fact]
    public void Folder_with_text_for_an_assembly_is_refused()
    {
        string folder = Directory.CreateDirectory(Path.Combine(_directories.Site, "Garbage")).FullName;
        File.WriteAllText(Path.Combine(folder, "Garbage.dll"), "This is no assembly.");

        AssertReason("Garbage.dll is not a .NET assembly. Replace the folder with the output of 'dotnet publish'.");
    }

    [Fact]
    public void Folder_with_an_empty_assembly_is_refused()
    {
        string folder = Directory.CreateDirectory(Path.Combine(_directories.Site, "Empty")).FullName;
        File.WriteAllBytes(Path.Combine(folder, "Empty.dll"), []);

        AssertReason("Empty.dll is not a .NET assembly. Replace the folder with the output of 'dotnet publish'.");
    }

    [Fact]
    public void Folder_with_a_truncated_assembly_is_refused()
    {
        string folder = _directories.Place("Good");
        using (FileStream assembly = File.OpenWrite(Path.Combine(folder, "Good.dll")))
            assembly.SetLength(assembly.Length / 3);

        using PluginCatalogue catalogue = _directories.Load();
        PluginDescription refused = Assert.Single(catalogue.Plugins);
        Assert.Equal(PluginStatus.Broken, refused.Status);
        Assert.EndsWith("Replace the folder with the output of 'dotnet publish'.", refused.Reason);
    }

    [Fact]
    public void Folder_with_a_library_that_is_no_plugin_is_refused()
    {
        string folder = Directory.CreateDirectory(Path.Combine(_directories.Site, "Newtonsoft.Json")).FullName;
        File.Copy(Path.Combine(PluginDirectories.Built("OldNewtonsoft"), "Newtonsoft.Json.dll"), Path.Combine(folder, "Newtonsoft.Json.dll"));

        AssertReason("Newtonsoft.Json.dll is not stamped with an SDK version. Reference the package AuditHost.Sdk, which does it, and build again.");
    }

    [Fact]
    public void Folder_that_carries_the_sdk_is_refused()
    {
        string folder = _directories.Place("Good");
        File.Copy(typeof(Sdk.IConnector).Assembly.Location, Path.Combine(folder, "AuditHost.Sdk.dll"));

        AssertReason("The folder contains AuditHost.Sdk.dll, which the host provides to every plugin. "
            + "Reference AuditHost.Sdk with ExcludeAssets=\"runtime\" and publish again.");
    }

    [Fact]
    public void Folder_that_carries_an_assembly_the_sdk_references_is_refused_wherever_it_lies()
    {
        string nested = Directory.CreateDirectory(Path.Combine(_directories.Place("Good"), "runtimes", "linux-x64")).FullName;
        File.WriteAllText(Path.Combine(nested, "System.Net.Http.dll"), "Its content does not matter.");

        AssertReason("The folder contains System.Net.Http.dll, which the host provides to every plugin. "
            + "Exclude the runtime assets of the package that brings System.Net.Http and publish again.");
    }

    [Theory]
    [InlineData("secrets.json")]
    [InlineData("Good.dll")]
    public void Link_in_the_folder_is_refused_wherever_it_leads(string name)
    {
        string folder = _directories.Place("Good");
        string link = Path.Combine(folder, name);
        File.Delete(link);
        File.CreateSymbolicLink(link, "Good.deps.json");

        AssertReason($"{link} is a link, to Good.deps.json. Copy the files instead.", PluginStatus.Untrusted);
    }

    [Fact]
    public void Folder_that_is_a_link_is_refused()
    {
        string link = Path.Combine(_directories.Site, "Good");
        Directory.CreateSymbolicLink(link, PluginDirectories.Built("Good"));

        AssertReason($"{link} is a link, to {PluginDirectories.Built("Good")}. Copy the files instead.", PluginStatus.Untrusted);
    }

    [Theory]
    [InlineData("Good/Good.dll")]
    [InlineData("Good/Good.deps.json")]
    [InlineData("Good")]
    [InlineData(".")]
    public void What_everybody_can_write_is_refused(string name)
    {
        _directories.Place("Good");
        string path = Path.GetFullPath(name, _directories.Site);
        PluginDirectories.LetEverybodyWrite(path);

        AssertReason($"{path} can be written by everybody on this machine. chmod o-w it.", PluginStatus.Untrusted);
    }

    [Fact]
    public void Two_files_that_differ_in_case_alone_are_refused()
    {
        string folder = _directories.Place("Good");
        File.Copy(Path.Combine(folder, "Good.dll"), Path.Combine(folder, "good.dll"));

        using PluginCatalogue catalogue = _directories.Load();
        Assert.Contains("differ in case alone", Assert.Single(catalogue.Plugins).Reason);
    }

    [Fact]
    public void Hidden_folders_and_stray_files_are_no_plugins()
    {
        Directory.CreateDirectory(Path.Combine(_directories.Site, ".cache"));
        File.WriteAllText(Path.Combine(_directories.Site, "README.md"), "Plugins of this site.");
        using PluginCatalogue catalogue = _directories.Load();

        Assert.Empty(catalogue.Plugins);
    }

    [Fact]
    public void Folders_are_taken_in_the_order_of_their_names_the_built_in_ones_first()
    {
        string[] expected = ["OldNewtonsoft", "Good", "MissingDependency"];
        PluginDirectories.Place("OldNewtonsoft", _directories.BuiltIn);
        _directories.Place("MissingDependency");
        _directories.Place("Good");
        using PluginCatalogue catalogue = _directories.Load();

        Assert.Equal(expected, catalogue.Plugins.Select(plugin => plugin.Name));
    }

    [Fact]
    public void Directory_that_is_not_there_leaves_the_other_one()
    {
        PluginDirectories.Place("Good", _directories.BuiltIn);
        Directory.Delete(_directories.Site);
        using PluginCatalogue catalogue = _directories.Load();

        Assert.Equal("Good", Assert.Single(catalogue.Plugins).Name);
    }

    [Fact]
    public void Same_directory_given_twice_is_loaded_once()
    {
        PluginDirectories.Place("Good", _directories.BuiltIn);
        using PluginCatalogue catalogue = PluginCatalogue.Load(
            _directories.BuiltIn, new PluginOptions(_directories.BuiltIn + "/", _directories.LockFile), Microsoft.Extensions.Logging.Abstractions.NullLogger.Instance);

        Assert.Equal(PluginStatus.Loaded, Assert.Single(catalogue.Plugins).Status);
    }

    private void AssertReason(string reason, PluginStatus status = PluginStatus.Broken)
    {
        using PluginCatalogue catalogue = _directories.Load();

        PluginDescription refused = Assert.Single(catalogue.Plugins);
        Assert.Equal((status, reason), (refused.Status, refused.Reason));
        Assert.Empty(catalogue.Connectors);
        Assert.Empty(catalogue.Formatters);
    }
}
