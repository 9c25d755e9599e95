using System.Text;
using AuditHost.Intake.Syslog;
using BenchmarkDotNet.Attributes;

namespace AuditHost.Benchmarks;

/// <summary>What a syslog message costs before it is an event of the journal. Each operation takes every sample once.</summary>
[MemoryDiagnoser]
public class SyslogIntakeBenchmarks : IDisposable
{
    private const int Count = 200;

    private readonly PooledBuffer _json = new(1 << 20);
    private byte[][] _messages = [];
    private SyslogEventWriter _writer = null!;

    [GlobalSetup]
    public void Setup()
    {
        _messages = [.. Samples.Events.Select(json => (byte[])[.. "<134>1 2026-03-31T06:00:00.003883Z cbproc-02 copybook-audit 53923 Audit - "u8, .. json])];
        if (_messages.Length != Count)
            throw new InvalidDataException($"There are {_messages.Length} samples instead of {Count}.");
        _writer = new SyslogEventWriter(_json, TimeProvider.System);
        Console.WriteLine($"// An average message has {_messages.Average(message => message.Length):F0} bytes, the first begins {Encoding.UTF8.GetString(_messages[0])[..40]}");
    }

    [Benchmark(OperationsPerInvoke = Count)]
    public int ParseHeader()
    {
        int length = 0;
        foreach (byte[] message in _messages)
            length += SyslogMessage.Parse(message).Text.Length;
        return length;
    }

    [Benchmark(OperationsPerInvoke = Count)]
    public int MessageToEvent()
    {
        _json.Truncate(0);
        foreach (byte[] message in _messages)
            _writer.Write(message, "192.0.2.7");
        return _json.Length;
    }

    [GlobalCleanup]
    public void Dispose()
    {
        _json.Dispose();
        GC.SuppressFinalize(this);
    }
}
