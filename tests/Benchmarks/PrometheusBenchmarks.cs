using AuditHost.Connectors.Prometheus;
using AuditHost.Intake;
using AuditHost.Sdk;
using BenchmarkDotNet.Attributes;

namespace AuditHost.Benchmarks;

/// <summary>Counting into metrics: a million events in batches of 1,000, one after the other on one thread.</summary>
[MemoryDiagnoser]
public class PrometheusBenchmarks : IAsyncDisposable
{
    private const int Events = 1_000_000;
    private const int BatchSize = 1000;

    private readonly BenchContext _context = new();
    private EventBatch _lean = null!;
    private EventBatch _full = null!;
    private IConnector _connector = null!;

    [GlobalSetup]
    public void Setup()
    {
        ConnectorFactory factory = new PrometheusFactory();
        _connector = factory.Create("""{"http_endpoint":{"port":0}}"""u8.ToArray(), _context);
        _lean = BatchOf(Samples.Events);
        _full = BatchOf([.. File.ReadLines(Path.Combine(Samples.Root, "tests", "Load", "full-events.jsonl")).Select(System.Text.Encoding.UTF8.GetBytes)]);
    }

    [Benchmark(OperationsPerInvoke = Events)]
    public Task CountLean() => CountAsync(_lean);

    /// <summary>With every field that copybook-rs writes, twice as long.</summary>
    [Benchmark(OperationsPerInvoke = Events)]
    public Task CountFull() => CountAsync(_full);

    [GlobalCleanup]
    public async ValueTask DisposeAsync()
    {
        await _connector.DisposeAsync();
        _context.Dispose();
        GC.SuppressFinalize(this);
    }

    private async Task CountAsync(EventBatch batch)
    {
        for (int done = 0; done < Events; done += BatchSize)
            await _connector.SendAsync(batch, CancellationToken.None);
    }

    private static EventBatch BatchOf(byte[][] events) => new(
        Enumerable.Range(0, BatchSize).Select(index => new OutboundEvent(new RisingEvent(Samples.Parse(new ParsedEvent(), events[index % events.Length], 1)), "log", default)).ToArray(),
        default,
        string.Empty);

    /// <summary>A sample whose sequence number rises with each look at it: one that came before would not be counted again.</summary>
    private sealed class RisingEvent(AuditEvent sample) : AuditEvent
    {
        private static ulong _last;

        public override ReadOnlyMemory<byte> Json => sample.Json;

        public override ulong Sequence => ++_last;

        public override DateTimeOffset ReceivedAt => sample.ReceivedAt;

        public override EventValue Id => sample.Id;

        public override EventValue Type => sample.Type;

        public override EventValue Timestamp => sample.Timestamp;

        public override DateTimeOffset Time => sample.Time;

        public override Severity Severity => sample.Severity;

        public override EventValue Source => sample.Source;

        public override EventValue User => sample.User;

        public override EventValue Host => sample.Host;

        public override EventValue Operation => sample.Operation;

        public override EventValue Classification => sample.Classification;

        public override EventValue ComplianceProfiles => sample.ComplianceProfiles;

        public override EventValue Find(string path) => sample.Find(path);
    }
}
