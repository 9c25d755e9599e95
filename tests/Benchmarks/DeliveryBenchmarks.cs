using AuditHost.Configuration;
using AuditHost.Configuration.Options;
using AuditHost.Connectors.Syslog;
using AuditHost.Connectors.Webhook;
using AuditHost.Delivery;
using AuditHost.Formats.Json;
using AuditHost.Formats.Syslog;
using AuditHost.Journal;
using AuditHost.Lanes;
using AuditHost.Lanes.Filters;
using AuditHost.Lanes.Poison;
using AuditHost.Sdk;
using AuditHost.Telemetry;
using BenchmarkDotNet.Attributes;
using Microsoft.Extensions.Logging.Abstractions;

namespace AuditHost.Benchmarks;

/// <summary>From the journal to the network: batches of 500 events, and connectors before a network that takes everything at once.</summary>
[MemoryDiagnoser]
public class DeliveryBenchmarks : IAsyncDisposable
{
    private const int Count = 500;

    private readonly string _folder = Directory.CreateTempSubdirectory("audithost-bench-").FullName;
    private readonly BenchContext _context = new();
    private readonly LaneBatch _batch = new();
    private EventJournal _journal = null!;
    private LaneLimits _limits = null!;
    private FilterSet _filters = null!;
    private BatchRenderer _lines = null!;
    private BatchRenderer _frames = null!;
    private PoisonGuard _guard = null!;
    private DeliveryChain _discarding = null!;
    private DeliveryChain _webhook = null!;
    private DeliveryChain _syslog = null!;
    private LaneBatch _linesBatch = null!;
    private LaneBatch _framesBatch = null!;

    [GlobalSetup]
    public async Task SetupAsync()
    {
        _journal = EventJournal.Open(_folder, new JournalOptions { MaxBytes = 1L << 30 }, TimeProvider.System);
        await _journal.AppendAsync(Samples.Batch(Count), CancellationToken.None);
        ConnectorFactory webhook = new WebhookFactory();
        ConnectorFactory syslog = new SyslogFactory();
        FormatterFactory syslogFormat = new SyslogFormatterFactory();
        DestinationOptions options = new()
        {
            Name = "d", Section = "siem", Type = "webhook", Enabled = true, Location = new SourceLocation("site.yaml", 1, 1),
        };
        _filters = new FilterSet([]);
        _limits = LaneLimits.Of(options, webhook.Info, destinations: 1, maxDeliveries: 100);
        _lines = new BatchRenderer("d", _journal.LogId, BatchContent.Body, Framing.Newline, new JsonFormatter(), null);
        _frames = new BatchRenderer("d", _journal.LogId, BatchContent.Payload, Framing.None, syslogFormat.Create("{}"u8.ToArray(), _context), null);
        _guard = new PoisonGuard(null, new PoisonTurns(TimeProvider.System), TimeProvider.System, NullLogger.Instance);
        _discarding = ChainTo(new Discard(), webhook.Info, _lines, options);
        _webhook = ChainTo(webhook.Create("""{"endpoint":"http://127.0.0.1:9/in"}"""u8.ToArray(), _context), webhook.Info, _lines, options);
        _syslog = ChainTo(syslog.Create("""{"server":"127.0.0.1:9","protocol":"tcp"}"""u8.ToArray(), _context), syslog.Info, _frames, options);
        _linesBatch = Filled(_lines);
        _framesBatch = Filled(_frames);
    }

    /// <summary>Reads a batch from the journal's memory, filters and renders it.</summary>
    [Benchmark(OperationsPerInvoke = Count)]
    public int LaneStep()
    {
        Fill(_batch, _lines);
        return _batch.Count;
    }

    /// <summary>Everything around a connector that does nothing.</summary>
    [Benchmark(OperationsPerInvoke = Count)]
    public Task DeliveryChain() => DeliverAsync(_discarding, _linesBatch);

    [Benchmark(OperationsPerInvoke = Count)]
    public Task WebhookRequest() => DeliverAsync(_webhook, _linesBatch);

    [Benchmark(OperationsPerInvoke = Count)]
    public Task SyslogFrames() => DeliverAsync(_syslog, _framesBatch);

    [GlobalCleanup]
    public async ValueTask DisposeAsync()
    {
        _batch.Dispose();
        _linesBatch.Dispose();
        _framesBatch.Dispose();
        _context.Dispose();
        _guard.Dispose();
        await _journal.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
        GC.SuppressFinalize(this);
    }

    private static async Task DeliverAsync(DeliveryChain chain, LaneBatch batch)
    {
        var job = new DeliveryJob(batch);
        await chain.DeliverAsync(job, CancellationToken.None, CancellationToken.None);
        if (job.Delivered != Count)
            throw new InvalidOperationException($"{job.Delivered} of {Count} events were delivered.");
    }

    private LaneBatch Filled(BatchRenderer renderer)
    {
        var batch = new LaneBatch();
        Fill(batch, renderer);
        return batch;
    }

    private void Fill(LaneBatch batch, BatchRenderer renderer)
    {
        batch.Clear();
        batch.Open(1, 0);
        using var reader = new LaneReader(_journal, _filters, renderer, _limits, position: 1);
        reader.Fill(batch);
        if (batch.Count != Count)
            throw new InvalidOperationException($"The batch has {batch.Count} events instead of {Count}.");
    }

    private DeliveryChain ChainTo(IConnector connector, ConnectorInfo info, BatchRenderer renderer, DestinationOptions options)
    {
        var watch = new DeliveryWatch(new LaneStatistics(), new DeliveryHistograms("d", enabled: true), static text => text, TimeProvider.System, NullLogger.Instance);
        return new DeliveryChain(options, connector, info, _limits.MaxInFlight, renderer, new DeliveryPlaces(100), watch, _guard, TimeProvider.System, NullLogger.Instance);
    }

    private sealed class Discard : IConnector
    {
        public ValueTask<DeliveryResult> SendAsync(EventBatch batch, CancellationToken cancellationToken) => new(DeliveryResult.Delivered);
    }
}
