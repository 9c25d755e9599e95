using System.Buffers;
using System.Text.RegularExpressions;
using AuditHost.Configuration.Options;
using AuditHost.Formats.Cef;
using AuditHost.Formats.Json;
using AuditHost.Formatting;
using AuditHost.Intake;
using AuditHost.Lanes.Filters;
using AuditHost.Sdk;
using BenchmarkDotNet.Attributes;

namespace AuditHost.Benchmarks;

/// <summary>What one event costs on its way: each operation takes every sample once, so that no branch is learned by heart.</summary>
[MemoryDiagnoser]
public partial class EventBenchmarks
{
    /// <summary>How many samples there are: BenchmarkDotNet divides by it.</summary>
    private const int Count = 200;

    private readonly ArrayBufferWriter<byte> _output = new(64 << 10);
    private readonly ParsedEvent _scratch = new();
    private readonly CefFormatter _cef = new(new CefFormatterSettings());
    private readonly JsonFormatter _jsonLines = new();
    private readonly FilterSet _filters = new(
    [
        new FilterOptions.SeverityThreshold(Severity.Low),
        new FilterOptions.EventTypes(["AccessEvent", "SecurityEvent", "ComplianceCheck"]),
        new FilterOptions.Classifications(["Confidential", "MaterialTransaction", "PHI"]),
    ]);

    private byte[][] _json = [];
    private ParsedEvent[] _parsed = [];
    private IEventFormatter _template = null!;

    [GlobalSetup]
    public void Setup()
    {
        _json = Samples.Events;
        _parsed = Samples.Parsed();
        if (_json.Length != Count)
            throw new InvalidDataException($"There are {_json.Length} samples instead of {Count}.");
        string guide = File.ReadAllText(Path.Combine(Samples.Root, "host", "Formatting", "README.md"));
        _template = TemplateCompiler.CompileEvent(SlackExample().Match(guide).Groups[1].Value, "slack", "application/json");
    }

    [Benchmark(OperationsPerInvoke = Count)]
    public int Parse()
    {
        int good = 0;
        foreach (byte[] json in _json)
            good += EventParser.TryParse(json, out _, out _) ? 1 : 0;
        return good;
    }

    [Benchmark(OperationsPerInvoke = Count)]
    public void Cef() => FormatAll(_cef);

    [Benchmark(OperationsPerInvoke = Count)]
    public void ParseAndCef()
    {
        foreach (byte[] json in _json)
            Format(_cef, Samples.Parse(_scratch, json, 1));
    }

    [Benchmark(OperationsPerInvoke = Count)]
    public void JsonLines() => FormatAll(_jsonLines);

    [Benchmark(OperationsPerInvoke = Count)]
    public void Template() => FormatAll(_template);

    [Benchmark(OperationsPerInvoke = Count)]
    public int Filters()
    {
        int passed = 0;
        foreach (ParsedEvent parsed in _parsed)
            passed += _filters.Passes(parsed) ? 1 : 0;
        return passed;
    }

    [GeneratedRegex(@"<!-- example: slack,[^>]*-->\n```scriban\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex SlackExample();

    private void FormatAll(IEventFormatter formatter)
    {
        foreach (ParsedEvent parsed in _parsed)
            Format(formatter, parsed);
    }

    private void Format(IEventFormatter formatter, ParsedEvent parsed)
    {
        _output.ResetWrittenCount();
        formatter.Format(parsed, _output);
    }
}
