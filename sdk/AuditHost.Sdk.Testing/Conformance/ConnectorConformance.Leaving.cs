namespace AuditHost.Sdk.Testing;

public abstract partial class ConnectorConformance
{
    /// <summary>Disposing twice is as good as once.</summary>
    [Fact]
    public async Task Disposing_twice_does_nothing_more()
    {
        await using ConformanceBench bench = await StartAsync();
        await bench.ExpectDeliveryAsync("before it was disposed of");
        await DisposeAsync(bench, "after a send");
        await DisposeAsync(bench, "for the second time");
    }

    /// <summary>A connector that was never started can be disposed of: the host only validated, or the start failed.</summary>
    [Fact]
    public async Task Disposing_works_without_a_start()
    {
        await using ConformanceBench bench = await PrepareAsync();
        await DisposeAsync(bench, "without a start");
        await DisposeAsync(bench, "without a start, for the second time");
    }

    /// <summary>The probe finds a destination that is there, and leaves no event in it.</summary>
    [Fact]
    public async Task Probe_has_no_side_effects()
    {
        await using ConformanceBench bench = await StartAsync();
        await bench.ExpectDeliveryAsync("before the probe");
        int before = bench.Destination.Arrived.Sum(CountEvents);
        await ConformanceBench.WithinAsync(bench.Connector.ProbeAsync(Cancellation).AsTask(), "ProbeAsync");
        await bench.ExpectDeliveryAsync("after the probe");
        Rule.Outcomes.Holds(
            bench.Destination.Arrived.Sum(CountEvents) == before + 1,
            "The probe left something at the destination that looks like an event.",
            "Ask for something harmless, or only connect: probes run every minute.");

        // Also where the event stands as a string in other JSON, its quotes escaped.
        static int CountEvents(string text) => text.Replace("\\\"", "\"", StringComparison.Ordinal).Split("\"event_id\"").Length - 1;
    }

    /// <summary>When the connector is disposed of, none of its timers and threads is left.</summary>
    [Fact]
    public async Task No_timer_and_no_thread_is_left()
    {
        var time = new CountingTime(TimeProvider.System);
        IReadOnlySet<string> before = NativeThreads.Names();
        ConformanceBench bench = await PrepareAsync(time);
        await bench.StartAsync();
        await bench.ExpectDeliveryAsync("before it was disposed of");
        await bench.DisposeAsync();
        Rule.Leaving.Holds(
            time.Timers == 0,
            $"{time.Timers} timers of PluginContext.Time still run after the connector was disposed of.",
            "Dispose of every timer in DisposeAsync; better, have none: the host owns time.");
        bool gone = await ConformanceBench.UntilAsync(() => NativeThreads.Names().IsSubsetOf(before));
        Rule.Leaving.Holds(
            gone,
            $"Threads are left after the connector was disposed of: {string.Join(", ", NativeThreads.Names().Except(before))}.",
            "Close the library that started them in DisposeAsync, and wait for it.");
    }

    /// <summary>
    /// Loaded as the host loads it, used and disposed of, the plugin leaves the process. A timer, a thread, a static event handler or
    /// JSON by reflection would keep it.
    /// </summary>
    [Fact]
    public async Task Plugin_unloads()
    {
        if (!Unloads)
            return;
        Type factory = CreateFactory().GetType();
        WeakReference plugin = await UseAsync(factory);
        Rule.Leaving.Holds(
            await Unloading.IsCollectedAsync(plugin),
            $"{factory.Assembly.GetName().Name} stays in memory after it was unloaded; {Timer.ActiveCount} timers run in this process.",
            Unloading.Remedy);
    }

    private async Task<WeakReference> UseAsync(Type type)
    {
        var plugin = PluginLoadContext.Load(type);
        TestDestination destination = await OpenDestinationAsync();
        await UseAsync(plugin, destination);
        plugin.Unload();
        return new WeakReference(plugin);
    }

    private async Task UseAsync(PluginLoadContext plugin, TestDestination destination)
    {
        var context = new TestPluginContext(Path.GetTempPath(), authority: Authority);
        await using var bench = new ConformanceBench((ConnectorFactory)plugin.CreateFactory(), destination, Formatter, context);
        await bench.StartAsync();
        await bench.ExpectDeliveryAsync("from a load context of its own");
    }

    private static async Task DisposeAsync(ConformanceBench bench, string when)
    {
        try
        {
            await ConformanceBench.WithinAsync(bench.Connector.DisposeAsync().AsTask(), "DisposeAsync");
        }
        catch (Exception exception) when (exception is not Xunit.Sdk.XunitException)
        {
            Rule.Leaving.Broken(
                $"DisposeAsync {when} throws {exception.GetType().Name}: {exception.Message}",
                "It is called without a start and twice: close what is open, forget it, and do nothing when nothing is.");
        }
    }
}
