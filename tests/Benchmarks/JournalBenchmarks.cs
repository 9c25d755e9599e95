using AuditHost.Configuration.Options;
using AuditHost.Intake;
using AuditHost.Journal;
using BenchmarkDotNet.Attributes;

namespace AuditHost.Benchmarks;

/// <summary>The journal on a real disk: appending a group with its fdatasync, and reading from disk. Per group, not per event.</summary>
[MemoryDiagnoser]
public class JournalBenchmarks
{
    /// <summary>Far beyond what the tail in memory keeps, so that the oldest are read from disk.</summary>
    private const int OldEvents = 64 * 1024;

    private string _folder = "";
    private EventJournal _journal = null!;
    private IntakeBatch _batch = null!;
    private ulong _position;

    [Params(64, 1024)]
    public int Group { get; set; }

    [GlobalSetup]
    public async Task SetupAsync()
    {
        _folder = Directory.CreateTempSubdirectory("audithost-bench-").FullName;
        var options = new JournalOptions { MaxBytes = 1L << 30, TailBytes = 1 << 20 };
        _journal = EventJournal.Open(_folder, options, TimeProvider.System);
        _batch = Samples.Batch(Group);
        for (int written = 0; written < OldEvents; written += Group)
            await AppendAsync();
        _position = _journal.FirstSequence;
    }

    [GlobalCleanup]
    public async Task CleanupAsync()
    {
        await _journal.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Benchmark]
    public async Task<ulong> AppendAsync() => (await _journal.AppendAsync(_batch, CancellationToken.None)).Last;

    /// <summary>Reads at least one group's worth, block by block, among the old events.</summary>
    [Benchmark]
    public int Read()
    {
        int read = 0;
        if (_position + OldEvents / 2 > _journal.NextSequence)
            _position = _journal.FirstSequence;
        while (read < Group && _journal.TryRead(_position) is { } block)
        {
            read += (int)(block.NextSequence - _position);
            _position = block.NextSequence;
            block.Release();
        }

        return read;
    }
}
