using System.Buffers;
using System.Text;
using AuditHost.Configuration.Options;
using AuditHost.Formatting;
using AuditHost.Formatting.Library;
using AuditHost.Intake;
using AuditHost.Sdk;
using BenchmarkDotNet.Attributes;

namespace AuditHost.Benchmarks;

/// <summary>What a template costs for an event, everything included that the host does for it. Each operation takes every sample once.</summary>
[MemoryDiagnoser]
public class TemplateBenchmarks
{
    private const int Count = 200;

    /// <summary>A message in Slack's blocks of about 1 KB, with seventeen values of the event.</summary>
    private const string Message = """
        {"text":{{ audit.severity + ": " + audit.type | slack | json }},"blocks":[
        {"type":"header","text":{"type":"plain_text","text":{{ audit.type | json }}}},
        {"type":"section","fields":[
        {"type":"mrkdwn","text":"*User*\n{{ audit.user ?? "nobody" | slack | json_string }}"},
        {"type":"mrkdwn","text":"*Host*\n{{ audit.host ?? "unknown" | slack | json_string }}"},
        {"type":"mrkdwn","text":"*Severity*\n{{ audit.severity | slack | json_string }}"},
        {"type":"mrkdwn","text":"*Time*\n{{ audit.time | json_string }}"},
        {"type":"mrkdwn","text":"*Operation*\n{{ audit.operation | slack | json_string }}"},
        {"type":"mrkdwn","text":"*Classification*\n{{ audit.classification ?? "none" | slack | json_string }}"}]},
        {{~ if audit.severity_number >= 3 ~}}
        {"type":"section","text":{"type":"mrkdwn","text":":rotating_light: needs attention"}},
        {{~ end ~}}
        {"type":"section","text":{"type":"mrkdwn","text":"Source `{{ audit.source | slack | json_string }}`, working directory `{{ event.context.environment.working_directory | slack | json_string }}`, version `{{ event.context.environment.version | slack | json_string }}`"}},
        {"type":"section","text":{"type":"mrkdwn","text":"This message was made by the host's template for the channel of the security team. Whoever takes it on says so in the thread; what is not taken on within a quarter of an hour goes to the officer on duty."}},
        {"type":"context","elements":[
        {{~ for profile in audit.compliance_profiles ~}}
        {"type":"mrkdwn","text":{{ profile | slack | json }}},
        {{~ end ~}}
        {"type":"mrkdwn","text":{{ audit.id | slack | json }}},{"type":"mrkdwn","text":"sequence {{ audit.sequence }}"}]}]}
        """;

    private readonly ArrayBufferWriter<byte> _output = new(1 << 20);
    private ParsedEvent[] _parsed = [];
    private OutboundEvent[] _batch = [];
    private IEventFormatter _message = null!;
    private IEventFormatter _ocsf = null!;
    private IBodyFormatter _logScale = null!;

    [GlobalSetup]
    public void Setup()
    {
        _parsed = Samples.Parsed();
        if (_parsed.Length != Count)
            throw new InvalidDataException($"There are {_parsed.Length} samples instead of {Count}.");
        _batch = [.. _parsed.Select(parsed => new OutboundEvent(parsed, "log", default))];
        _message = TemplateVersion.Compile(TemplateFile.Parse(Encoding.UTF8.GetBytes(Message), "message.sbn")).Event!;
        _ocsf = Ready("ocsf").Event!;
        _logScale = Ready("crowdstrike_logscale").Body!;
        OneKilobyteMessage();
        Console.WriteLine($"// An average message has {_output.WrittenCount / Count} bytes.");
    }

    [Benchmark(OperationsPerInvoke = Count)]
    public void OneKilobyteMessage() => FormatAll(_message);

    [Benchmark(OperationsPerInvoke = Count)]
    public void OcsfWithTheWholeEvent() => FormatAll(_ocsf);

    [Benchmark(OperationsPerInvoke = Count)]
    public void BodyOf200Events()
    {
        _output.ResetWrittenCount();
        _logScale.Format(_batch, new BatchFacts("siem", "b-1"), _output);
    }

    private static TemplateVersion Ready(string name) =>
        TemplateVersion.Open(new TemplateOptions { Path = Path.Combine(Samples.Root, "host", "templates", $"{name}.sbn") });

    private void FormatAll(IEventFormatter formatter)
    {
        _output.ResetWrittenCount();
        foreach (ParsedEvent parsed in _parsed)
            formatter.Format(parsed, _output);
    }
}
