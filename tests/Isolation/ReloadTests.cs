using System.Buffers;
using System.Runtime.CompilerServices;
using System.Text;
using AuditHost.Sdk;
using AuditHost.Sdk.Testing;

namespace AuditHost.Plugins;

/// <summary>A new version takes a loaded one's place, and that one leaves the process.</summary>
public sealed class ReloadTests : IDisposable
{
    private readonly PluginDirectories _directories = new();

    public void Dispose() => _directories.Dispose();

    [Fact]
    public async Task New_version_takes_the_place_of_the_former_which_leaves_the_process()
    {
        string folder = _directories.Place("Recorder");
        using PluginCatalogue catalogue = _directories.Load();
        PluginDirectories.Copy(PluginDirectories.BuiltNext("Recorder"), folder);
        _directories.Trust("Recorder");

        Assert.True(await UpdateAsync(catalogue, "Recorder"));

        PluginDescription plugin = Assert.Single(catalogue.Plugins);
        Assert.Equal((PluginStatus.Loaded, "2.0.0", 0), (plugin.Status, plugin.Version, plugin.LeftInMemory));
        Assert.Equal(2, catalogue.Connectors.Single().GetType().Assembly.GetName().Version!.Major);
    }

    [Fact]
    public void Version_that_is_loaded_is_no_update()
    {
        _directories.Place("Good");
        using PluginCatalogue catalogue = _directories.Load();

        Assert.Null(catalogue.Prepare("Good"));
    }

    [Fact]
    public void Version_that_nobody_trusts_changes_nothing()
    {
        string folder = _directories.Place("Recorder");
        using PluginCatalogue catalogue = _directories.Load();
        PluginDirectories.Copy(PluginDirectories.BuiltNext("Recorder"), folder);

        PluginRefusedException refusal = Assert.Throws<PluginRefusedException>(() => catalogue.Prepare("Recorder"));
        Assert.Equal(PluginStatus.Untrusted, refusal.Status);
        Assert.Equal("1.0.0", Assert.Single(catalogue.Plugins).Version);
        Assert.True(catalogue.TryGetConnector("recorder", out _));
    }

    [Fact]
    public void Version_that_takes_another_plugins_type_changes_nothing()
    {
        string folder = _directories.Place("Good");
        _directories.Place("DuplicateType");
        using PluginCatalogue catalogue = _directories.Load();
        PluginDescription loser = catalogue.Plugins.Single(plugin => plugin.Status != PluginStatus.Loaded);

        PluginRefusedException refusal = Assert.Throws<PluginRefusedException>(() => catalogue.Prepare(loser.Name));
        Assert.Contains("is already provided by", refusal.Message);
        Assert.True(Directory.Exists(folder));
    }

    [Fact]
    public async Task Folder_that_is_new_or_was_refused_serves_after_a_reload()
    {
        using PluginCatalogue catalogue = _directories.Load();
        _directories.Place("Good");
        Assert.Throws<PluginRefusedException>(() => catalogue.Prepare("Good"));
        _directories.Trust("Good");

        Assert.True(await UpdateAsync(catalogue, "Good"));
        Assert.True(catalogue.TryGetConnector("echo", out _));
        Assert.Equal(PluginStatus.Loaded, Assert.Single(catalogue.Plugins).Status);
    }

    [Fact]
    public async Task Two_hundred_reloads_leave_nothing_behind()
    {
        string folder = _directories.Place("Recorder");
        using PluginCatalogue catalogue = _directories.Load();
        long before = 0;
        for (int round = 0; round < 200; round++)
        {
            PluginDirectories.Copy(round % 2 == 0 ? PluginDirectories.BuiltNext("Recorder") : PluginDirectories.Built("Recorder"), folder);
            _directories.Trust("Recorder");
            Assert.True(await UpdateAsync(catalogue, "Recorder"), $"Round {round}: the former version is still in memory.");
            if (round == 20)
                before = GC.GetTotalMemory(forceFullCollection: true);
        }

        Assert.Equal(0, Assert.Single(catalogue.Plugins).LeftInMemory);
        long growth = GC.GetTotalMemory(forceFullCollection: true) - before;
        Assert.True(growth < 1_000_000, $"180 reloads left {growth:N0} bytes on the heap.");
        string copies = Path.GetDirectoryName(Path.GetDirectoryName(catalogue.Set.Plugins[0].Copy.Root))!;
        Assert.Single(Directory.EnumerateDirectories(copies));
    }

    [Fact]
    public async Task Plugin_that_a_library_pins_is_reloaded_side_by_side_and_what_stays_is_counted()
    {
        string folder = _directories.Place("Pinned");
        using PluginCatalogue catalogue = _directories.Load();
        Assert.Equal("Newtonsoft.Json keeps every type that it serialized.", Assert.Single(catalogue.Plugins).PinnedBy);
        for (int reload = 1; reload <= 3; reload++)
        {
            Assert.Equal("""{"Id":"1"}""", Use(catalogue));
            File.WriteAllText(Path.Combine(folder, "version.txt"), $"{reload}");
            _directories.Trust("Pinned");

            Assert.False(await UpdateAsync(catalogue, "Pinned"));
            Assert.Equal(reload, Assert.Single(catalogue.Plugins).LeftInMemory);
        }

        Assert.Equal("""{"Id":"1"}""", Use(catalogue));
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static string Use(PluginCatalogue catalogue)
    {
        Assert.True(catalogue.TryGetFormatter("pinned", out FormatterFactory? factory));
        var output = new ArrayBufferWriter<byte>();
        factory.Create("{}"u8.ToArray(), new NoContext()).Format(TestEvent.Parse("""{"event_id":"1","event_type":"Test"}"""), output);
        return Encoding.UTF8.GetString(output.WrittenSpan);
    }

    private static async Task<bool> UpdateAsync(PluginCatalogue catalogue, string name)
    {
        PluginUpdate update = catalogue.Prepare(name)!;
        catalogue.Commit(update);
        return update.Former is not { } former || await catalogue.RetireAsync(former);
    }
}
