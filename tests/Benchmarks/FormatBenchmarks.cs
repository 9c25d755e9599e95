using System.Buffers;
using AuditHost.Formats.Json;
using AuditHost.Formats.Syslog;
using AuditHost.Formats.Xml;
using AuditHost.Formatting;
using AuditHost.Intake;
using AuditHost.Sdk;
using BenchmarkDotNet.Attributes;

namespace AuditHost.Benchmarks;

/// <summary>The formats that <see cref="EventBenchmarks"/> has not, and what stands around an event in a body. Each operation takes every sample once.</summary>
[MemoryDiagnoser]
public class FormatBenchmarks : IDisposable
{
    private const int Count = 200;

    private readonly ArrayBufferWriter<byte> _output = new(1 << 20);
    private readonly BenchContext _context = new();
    private readonly JsonFormatter _json = new();
    private ParsedEvent[] _parsed = [];
    private IEventFormatter _syslog = null!;
    private IEventFormatter _xml = null!;

    [GlobalSetup]
    public void Setup()
    {
        _parsed = Samples.Parsed();
        if (_parsed.Length != Count)
            throw new InvalidDataException($"There are {_parsed.Length} samples instead of {Count}.");
        FormatterFactory syslog = new SyslogFormatterFactory(), xml = new XmlFormatterFactory();
        _syslog = syslog.Create("{}"u8.ToArray(), _context);
        _xml = xml.Create("{}"u8.ToArray(), _context);
    }

    [GlobalCleanup]
    public void Dispose()
    {
        _context.Dispose();
        GC.SuppressFinalize(this);
    }

    [Benchmark(OperationsPerInvoke = Count)]
    public void Syslog() => FormatAll(_syslog);

    [Benchmark(OperationsPerInvoke = Count)]
    public void Xml() => FormatAll(_xml);

    [Benchmark(OperationsPerInvoke = Count)]
    public void JsonArrayBody()
    {
        _output.ResetWrittenCount();
        Framer.Begin(Framing.JsonArray, _output);
        for (int index = 0; index < _parsed.Length; index++)
        {
            Framer.BeforeEvent(Framing.JsonArray, index == 0, 0, _output);
            _json.Format(_parsed[index], _output);
            Framer.AfterEvent(Framing.JsonArray, _output);
        }

        Framer.End(Framing.JsonArray, _output);
    }

    private void FormatAll(IEventFormatter formatter)
    {
        _output.ResetWrittenCount();
        foreach (ParsedEvent parsed in _parsed)
            formatter.Format(parsed, _output);
    }
}
