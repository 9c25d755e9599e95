using System.Net;
using System.Security.Cryptography.X509Certificates;
using AuditHost.Fakes;
using AuditHost.Fakes.Azure;
using AuditHost.Fakes.CloudWatch;
using AuditHost.Fakes.Elasticsearch;
using AuditHost.Fakes.Fluentd;
using AuditHost.Fakes.Splunk;

namespace AuditHost.EndToEnd.Enterprise;

/// <summary>SIEMs and log stores.</summary>
internal sealed class EventStores : IEnterprisePart
{
    /// <summary>QRadar's collector has a fixed port where the site names none, so it has an address to itself.</summary>
    public static readonly IPAddress QRadarAddress = IPAddress.Parse("127.0.0.67");

    private readonly SplunkCollector _splunk = new() { Indexes = new HashSet<string> { "copybook_audit" } };
    private readonly FakeDataCollector _sentinel = new();
    private readonly FakeElasticsearch _elastic = new();
    private readonly FakeElasticsearch _elasticSecurity = new();
    private readonly FakeCloudWatchLogs _cloudWatch = new();
    private readonly ForwardInput _fluentd;
    private readonly SyslogReceiver _qradar;
    private readonly SyslogReceiver _cef = new();

    /// <param name="certificate">QRadar's.</param>
    public EventStores(X509Certificate2 certificate)
    {
        _qradar = new SyslogReceiver(certificate, endpoint: new IPEndPoint(QRadarAddress, 6514)) { CountsOctets = false };
        _fluentd = new ForwardInput();
        Servers =
        [
            new EventStore("splunk", () => _splunk.Events.Select(taken => taken.Event.GetRawText()), () => _splunk.Violations),
            new EventStore("qradar", () => _qradar.Taken.Keys, () => _qradar.Corrupt),
            new EventStore("sentinel", () => _sentinel.Records.Select(taken => taken.GetRawText()), () => _sentinel.Violations),
            new EventStore("elastic_security", () => _elasticSecurity.Documents.Select(taken => taken.Source.GetRawText()), () => _elasticSecurity.Violations),
            new EventStore("generic_cef", () => _cef.Taken.Keys, () => _cef.Corrupt),
            new EventStore("elasticsearch", () => _elastic.Documents.Select(taken => taken.Source.GetRawText()), () => _elastic.Violations),
            new EventStore("fluentd", () => _fluentd.Events.Select(taken => taken.Json), () => _fluentd.Violations),
            new EventStore("cloudwatch", () => _cloudWatch.EventsOf("/aws/copybook/audit", "audit-events").Select(taken => taken.Message), () => _cloudWatch.Violations),
        ];
    }

    public IReadOnlyList<string> Sections { get; } = ["siem", "log_aggregation"];

    public IReadOnlyList<EnterpriseServer> Servers { get; }

    public IReadOnlyDictionary<string, string> Variables => new Dictionary<string, string>
    {
        ["SPLUNK_HEC_ENDPOINT"] = _splunk.Address.ToString(),
        ["SPLUNK_HEC_TOKEN"] = SplunkCollector.Token,
        ["QRADAR_API_ENDPOINT"] = $"https://{QRadarAddress}",
        ["QRADAR_API_TOKEN"] = "qradar-token-for-the-test",
        ["SENTINEL_WORKSPACE_ID"] = FakeDataCollector.Workspace,
        ["SENTINEL_SHARED_KEY"] = FakeDataCollector.Key,
        ["ELASTIC_ENDPOINT"] = _elasticSecurity.Address.ToString(),
        ["ELASTIC_API_KEY"] = FakeElasticsearch.ApiKey,
        ["ELASTICSEARCH_ENDPOINT"] = _elastic.Address.ToString(),
        ["ELASTICSEARCH_API_KEY"] = FakeElasticsearch.ApiKey,
        ["FLUENTD_ENDPOINT"] = _fluentd.Address.ToString(),
        ["AWS_REGION"] = FakeCloudWatchLogs.Region,
        ["AWS_ACCESS_KEY_ID"] = FakeCloudWatchLogs.AccessKeyId,
        ["AWS_SECRET_ACCESS_KEY"] = FakeCloudWatchLogs.SecretAccessKey,
    };

    private IEnumerable<FakeHttpServer> HttpServers => [_splunk, _sentinel, _elastic, _elasticSecurity, _cloudWatch];

    /// <summary>TCP carries CEF, since UDP may lose what it carries, and the books would not know.</summary>
    public string Adapt(string given) => given
        .Replace("syslog_server: \"siem.company.com:514\"", $"syslog_server: \"127.0.0.1:{_cef.Port}\"\n      protocol: tcp", StringComparison.Ordinal)
        .Replace("log_type: \"CopybookAudit\"", $"log_type: \"CopybookAudit\"\n      endpoint: \"{_sentinel.Address}\"", StringComparison.Ordinal)
        .Replace("log_stream: \"audit-events\"", $"log_stream: \"audit-events\"\n      endpoint: \"{_cloudWatch.Address}\"", StringComparison.Ordinal);

    public async Task StartAsync(SiteFolder site, CancellationToken cancellationToken)
    {
        foreach (FakeHttpServer server in HttpServers)
            await server.StartAsync(cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (FakeHttpServer server in HttpServers)
            await server.DisposeAsync();
        await _fluentd.DisposeAsync();
        _qradar.Dispose();
        _cef.Dispose();
    }
}
