using System.Net;
using System.Security.Cryptography.X509Certificates;
using AuditHost.EndToEnd.Network;
using AuditHost.Fakes;
using AuditHost.Fakes.Azure;
using AuditHost.Fakes.CloudWatch;
using AuditHost.Fakes.Elasticsearch;
using AuditHost.Fakes.Fluentd;
using AuditHost.Fakes.Splunk;

namespace AuditHost.EndToEnd.Enterprise;

/// <summary>Everything that the <c>siem</c> and <c>log_aggregation</c> parts of the given site lead to.</summary>
internal sealed class EnterpriseServers : IAsyncDisposable
{
    /// <summary>QRadar's collector has a fixed port where the site names none, so it has an address to itself.</summary>
    private static readonly IPAddress QRadarAddress = IPAddress.Parse("127.0.0.67");

    private readonly X509Certificate2 _certificate = TestCertificate.Create(QRadarAddress);
    private readonly SplunkCollector _splunk = new() { Indexes = new HashSet<string> { "copybook_audit" } };
    private readonly FakeDataCollector _sentinel = new();
    private readonly FakeElasticsearch _elastic = new();
    private readonly FakeElasticsearch _elasticSecurity = new();
    private readonly FakeCloudWatchLogs _cloudWatch = new();
    private readonly ForwardInput _fluentd;
    private readonly SyslogReceiver _qradar;
    private readonly SyslogReceiver _cef = new();

    private EnterpriseServers()
    {
        _qradar = new SyslogReceiver(_certificate, endpoint: new IPEndPoint(QRadarAddress, 6514)) { CountsOctets = false };
        _fluentd = new ForwardInput();
        All =
        [
            new("splunk", () => _splunk.Events.Select(taken => taken.Event.GetRawText()), () => _splunk.Violations),
            new("qradar", () => _qradar.Taken.Keys, () => _qradar.Corrupt),
            new("sentinel", () => _sentinel.Records.Select(taken => taken.GetRawText()), () => _sentinel.Violations),
            new("elastic_security", () => _elasticSecurity.Documents.Select(taken => taken.Source.GetRawText()), () => _elasticSecurity.Violations),
            new("generic_cef", () => _cef.Taken.Keys, () => _cef.Corrupt),
            new("elasticsearch", () => _elastic.Documents.Select(taken => taken.Source.GetRawText()), () => _elastic.Violations),
            new("fluentd", () => _fluentd.Events.Select(taken => taken.Json), () => _fluentd.Violations),
            new("cloudwatch", () => _cloudWatch.EventsOf("/aws/copybook/audit", "audit-events").Select(taken => taken.Message), () => _cloudWatch.Violations),
        ];
    }

    public IReadOnlyList<EnterpriseServer> All { get; }

    private IEnumerable<FakeHttpServer> HttpServers => [_splunk, _sentinel, _elastic, _elasticSecurity, _cloudWatch];

    public static async Task<EnterpriseServers> StartAsync(CancellationToken cancellationToken)
    {
        var servers = new EnterpriseServers();
        foreach (FakeHttpServer server in servers.HttpServers)
            await server.StartAsync(cancellationToken);
        return servers;
    }

    /// <summary>
    /// The given file with what a machine without a network needs: addresses where it names none that could be had here. TCP carries CEF, since UDP may lose
    /// what it carries, and the books would not know.
    /// </summary>
    public string Adapt(string given) => given
        .Replace("syslog_server: \"siem.company.com:514\"", $"syslog_server: \"127.0.0.1:{_cef.Port}\"\n      protocol: tcp", StringComparison.Ordinal)
        .Replace("log_type: \"CopybookAudit\"", $"log_type: \"CopybookAudit\"\n      endpoint: \"{_sentinel.Address}\"", StringComparison.Ordinal)
        .Replace("log_stream: \"audit-events\"", $"log_stream: \"audit-events\"\n      endpoint: \"{_cloudWatch.Address}\"", StringComparison.Ordinal);

    /// <summary>The variables that the file names.</summary>
    public IReadOnlyDictionary<string, string> Variables(SiteFolder site) => new Dictionary<string, string>
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
        ["CLIENT_CERT_PATH"] = site.File("client.pem"),
        ["CLIENT_KEY_PATH"] = site.File("client.key"),
        ["CA_CERT_PATH"] = site.File("ca.pem"),
    };

    /// <summary>Writes the certificates that the file names.</summary>
    public void WriteCertificates(SiteFolder site)
    {
        site.Write("client.pem", _certificate.ExportCertificatePem());
        site.Write("ca.pem", _certificate.ExportCertificatePem());
        site.Write("client.key", _certificate.GetECDsaPrivateKey()!.ExportPkcs8PrivateKeyPem());
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(site.File("client.key"), UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (FakeHttpServer server in HttpServers)
            await server.DisposeAsync();
        await _fluentd.DisposeAsync();
        _qradar.Dispose();
        _cef.Dispose();
        _certificate.Dispose();
    }
}
