using System.Buffers;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.Loader;
using System.Text;
using System.Text.Json;
using AuditHost.Sdk;
using AuditHost.Sdk.Testing;

namespace AuditHost.Plugins;

/// <summary>Each plugin has its own libraries, shares the contract, and can be let go.</summary>
public sealed class LoadContextTests : IDisposable
{
    private readonly PluginDirectories _directories = new();

    public void Dispose() => _directories.Dispose();

    [Fact]
    public async Task Connector_of_a_plugin_delivers()
    {
        _directories.Place("Good");
        using PluginCatalogue catalogue = _directories.Load();

        Assert.Equal("> one event", await EchoAsync(catalogue));
    }

    [Fact]
    public void Settings_a_plugin_does_not_know_are_refused_by_the_shared_exception()
    {
        _directories.Place("Good");
        using PluginCatalogue catalogue = _directories.Load();
        Assert.True(catalogue.TryGetConnector("echo", out ConnectorFactory? echo));

        SettingsException refusal = Assert.Throws<SettingsException>(() => echo.Create("""{"prefix":"> ","colour":"red"}"""u8.ToArray(), new NoContext()));
        Assert.Contains("colour", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Two_plugins_and_the_host_each_run_on_their_own_version_of_a_library()
    {
        _directories.Place("OldNewtonsoft");
        _directories.Place("NewNewtonsoft");
        using PluginCatalogue catalogue = _directories.Load();

        string host = typeof(Newtonsoft.Json.Linq.JObject).Assembly.GetCustomAttribute<AssemblyFileVersionAttribute>()!.Version;
        string[] versions = [NewtonsoftOf("old_newtonsoft"), NewtonsoftOf("new_newtonsoft"), host];
        Assert.Equal(["12.0.3", "13.0.3", "13.0.4"], versions.Select(version => version[..6]));

        string NewtonsoftOf(string type)
        {
            using JsonDocument answer = JsonDocument.Parse(Format(catalogue, type, """{"event_id":"1","event_type":"Test"}"""));
            return answer.RootElement.GetProperty("newtonsoft").GetString()!;
        }
    }

    [Fact]
    public void Plugin_with_a_newer_library_than_the_runtimes_own_runs_on_it()
    {
        _directories.Place("NewerJson");
        using PluginCatalogue catalogue = _directories.Load();

        string received = """{"event_id":"1","event_type":"Test"}""";
        Assert.Equal($$"""{"major":11,"event":{{received}}}""", Format(catalogue, "newer_json", received));
        Assert.Equal(10, typeof(JsonDocument).Assembly.GetName().Version!.Major);
    }

    [Fact]
    public void Plugin_that_was_built_against_an_older_contract_serves()
    {
        _directories.Place("OlderSdk");
        using PluginCatalogue catalogue = _directories.Load();

        string received = """{"event_id":"1","event_type":"Test"}""";
        Assert.Equal(received, Format(catalogue, "plain", received));
    }

    [Fact]
    public void Plugin_with_a_native_library_of_its_own_calls_it_beside_others()
    {
        _directories.Place("Native");
        _directories.Place("Good");
        using PluginCatalogue catalogue = _directories.Load();

        Assert.Matches(@"^3\.\d+\.\d+$", Format(catalogue, "native", """{"event_id":"1","event_type":"Test"}"""));
        Assert.True(catalogue.TryGetConnector("echo", out _));
    }

    [Fact]
    public async Task Unloaded_plugin_leaves_the_process()
    {
        _directories.Place("Good");
        WeakReference context = await UseAndUnloadAsync();

        Assert.True(await IsCollectedAsync(context));
    }

    [Fact]
    public async Task Handle_that_is_still_held_lets_its_plugin_go()
    {
        PluginHandle handle = PluginHandle.Load(Path.Combine(_directories.Place("Good"), "Good.dll"));
        WeakReference assembly = AssemblyOf(handle);
        handle.Unload();

        Assert.True(await IsCollectedAsync(assembly));
        Assert.Empty(handle.Factories);
    }

    [Fact]
    public void Plugin_file_that_is_overwritten_while_loaded_does_no_harm()
    {
        string folder = _directories.Place("Good");
        using PluginCatalogue catalogue = _directories.Load();
        File.WriteAllBytes(Path.Combine(folder, "Good.dll"), []);

        Assert.Equal("""{"EVENT_ID":"1","EVENT_TYPE":"TEST"}""", Format(catalogue, "upper", """{"event_id":"1","event_type":"Test"}"""));
    }

    [Fact]
    public void Plugin_folder_that_is_removed_while_loaded_does_no_harm()
    {
        string folder = _directories.Place("NewNewtonsoft");
        using PluginCatalogue catalogue = _directories.Load();
        Directory.Delete(folder, recursive: true);

        // Its library is loaded only now.
        Assert.Contains("13.0.3", Format(catalogue, "new_newtonsoft", """{"event_id":"1","event_type":"Test"}"""));
    }

    private static string Format(PluginCatalogue catalogue, string type, string json)
    {
        Assert.True(catalogue.TryGetFormatter(type, out FormatterFactory? factory));
        var output = new ArrayBufferWriter<byte>();
        factory.Create("{}"u8.ToArray(), new NoContext()).Format(TestEvent.Parse(json), output);
        return Encoding.UTF8.GetString(output.WrittenSpan);
    }

    /// <summary>The collector needs a few rounds: finalizers of one let go of what the next collects.</summary>
    private static async Task<bool> IsCollectedAsync(WeakReference reference)
    {
        for (int round = 0; reference.IsAlive && round < 20; round++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
            await Task.Yield();
        }

        return !reference.IsAlive;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static WeakReference AssemblyOf(PluginHandle handle) => new(handle.Factories[0].GetType().Assembly);

    private static async Task<string?> EchoAsync(PluginCatalogue catalogue)
    {
        Assert.True(catalogue.TryGetConnector("echo", out ConnectorFactory? factory));
        await using IConnector connector = factory.Create("""{"prefix":"> "}"""u8.ToArray(), new NoContext());
        var batch = new EventBatch(ReadOnlyMemory<OutboundEvent>.Empty, "one event"u8.ToArray(), "text/plain");
        DeliveryResult result = await connector.SendAsync(batch, TestContext.Current.CancellationToken);
        return result.AcknowledgementId;
    }

    /// <summary>In a method of its own, so that no local of the test keeps the plugin.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private async Task<WeakReference> UseAndUnloadAsync()
    {
        using PluginCatalogue catalogue = _directories.Load();
        await EchoAsync(catalogue);
        return ContextOf(catalogue);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static WeakReference ContextOf(PluginCatalogue catalogue)
    {
        AssemblyLoadContext context = AssemblyLoadContext.GetLoadContext(catalogue.Connectors.Single().GetType().Assembly)!;
        Assert.NotSame(AssemblyLoadContext.Default, context);
        return new WeakReference(context);
    }
}
