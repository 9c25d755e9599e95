using AuditHost.Configuration.Options;
using AuditHost.Intake;
using AuditHost.Isolation;
using AuditHost.Isolation.Messages;
using AuditHost.Lanes;
using AuditHost.Plugins;
using AuditHost.Sdk;
using BenchmarkDotNet.Attributes;
using Microsoft.Extensions.Logging.Abstractions;

namespace AuditHost.Benchmarks;

/// <summary>What a process of its own costs a destination: the same batch of lean events to the same connector, rendered as JSON lines, here and there.</summary>
[MemoryDiagnoser]
public class IsolationBenchmarks : IAsyncDisposable
{
    private const int Count = 500;

    private ParsedEvent[] _events = [];
    private EventBatch _raw = null!;
    private BatchRenderer _renderer = null!;
    private PluginHandle[] _plugins = [];
    private IConnector _here = null!;
    private IConnector _there = null!;

    [GlobalSetup]
    public async Task SetupAsync()
    {
        string configuration = Path.GetFileName(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory));
        string[] assemblies =
        [
            Path.Combine(Samples.Root, "artifacts", "test-plugins", configuration, "Zoo", "Zoo.dll"),
            Path.Combine(Samples.Root, "artifacts", "bin", "AuditHost", configuration, "plugins", "AuditHost.Formats.Json", "AuditHost.Formats.Json.dll"),
        ];
        _events = [.. Enumerable.Range(0, Count).Select(number => Samples.Parse(new ParsedEvent(), Samples.Events[number % Samples.Events.Length], (ulong)number + 1))];
        _raw = new EventBatch(_events.Select(parsed => new OutboundEvent(parsed, "log", default)).ToArray(), default, "application/json");
        _plugins = [.. assemblies.Select(PluginHandle.Load)];
        ConnectorFactory factory = _plugins[0].Factories.OfType<ConnectorFactory>().Single(connector => connector.Type == "discard");
        FormatterFactory format = _plugins[1].Factories.OfType<FormatterFactory>().Single(formatter => formatter.Type == "jsonl");
        _here = factory.Create("{}"u8.ToArray(), null!);
        _renderer = new BatchRenderer("d", Guid.Empty, BatchContent.Body, format.Info.Framing, format.Create("{}"u8.ToArray(), null!), null);
        _there = new ProcessConnector(SetupOf(assemblies), new IsolationOptions(), new LaneStatistics(), TimeProvider.System, NullLogger.Instance);
        await _there.StartAsync(CancellationToken.None);
    }

    [GlobalCleanup]
    public async ValueTask DisposeAsync()
    {
        await _there.DisposeAsync();
        foreach (PluginHandle plugin in _plugins)
            plugin.Dispose();
        GC.SuppressFinalize(this);
    }

    [Benchmark(Baseline = true, OperationsPerInvoke = Count)]
    public async Task<bool> InTheHostsProcess()
    {
        using var batch = new LaneBatch();
        using var scratch = new PooledBuffer(256);
        batch.Open(1, 0);
        foreach (ParsedEvent parsed in _events)
            _renderer.Append(batch, parsed);
        using SealedBatch rendered = _renderer.Seal(batch, BatchPart.Whole(Count), 1, scratch);
        return (await _here.SendAsync(rendered.Batch, CancellationToken.None)).IsDelivered;
    }

    [Benchmark(OperationsPerInvoke = Count)]
    public async Task<bool> InAProcessOfItsOwn() => (await _there.SendAsync(_raw, CancellationToken.None)).IsDelivered;

    private static SetupMessage SetupOf(string[] assemblies) => new()
    {
        Destination = "d",
        Section = "siem",
        Type = "discard",
        Assemblies = assemblies,
        Format = "jsonl",
        FormatSettings = "{}"u8.ToArray(),
        Settings = "{}"u8.ToArray(),
        Tls = new TlsOptions(),
        ConnectionPool = new ConnectionPoolOptions(),
        BaseDirectory = AppContext.BaseDirectory,
        LogId = Guid.Empty,
        MaxOpenFiles = 1024,
    };
}
