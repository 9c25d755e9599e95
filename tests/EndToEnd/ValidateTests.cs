using System.Text.RegularExpressions;

namespace AuditHost.EndToEnd;

/// <summary><c>validate</c> and what the command line itself refuses.</summary>
[Promise("G16")]
public sealed partial class ValidateTests : IDisposable
{
    private static readonly string Given = Path.Combine(AppContext.BaseDirectory, "assets", "enterprise-integration.yaml");
    private static readonly string[] WithoutConnector = ["kafka", "event_hubs", "kinesis"];

    private readonly SiteFolder _site = new();

    [Fact]
    public async Task Given_site_file_is_valid_as_it_stands()
    {
        WriteCertificates();

        CommandResult result = (await AuditHostCommand.RunAsync(_site.Path, null, Variables(), "validate", Given)).Expect(0);

        Assert.Empty(Errors(result));
        Assert.Contains("5 enabled destinations", result.Output, StringComparison.Ordinal);
        foreach (string name in WithoutConnector)
            Assert.Contains($"note: streaming.{name}: no plugin provides connector type '{name}'", result.Error, StringComparison.Ordinal);
        Assert.Contains("warning: alerting.slack: channel has no effect beside webhook_url", result.Error, StringComparison.Ordinal);
        Assert.Contains("warning: security.encryption.encrypt_sensitive_fields: not enforced by this version", result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("for-the-test", result.Output + result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Given_site_file_lacks_exactly_the_connectors_that_are_not_built()
    {
        string text = File.ReadAllText(Given);
        foreach (string name in WithoutConnector)
            text = Switch(text, name, on: true);
        _site.Write("site.yaml", text);
        WriteCertificates();

        CommandResult result = (await AuditHostCommand.RunAsync(_site.Path, null, Variables(), "validate", "site.yaml")).Expect(78);

        Assert.Equal(
            WithoutConnector.Order(),
            Errors(result).Select(error => MissingConnector().Match(error).Groups["type"].Value).Where(type => type.Length > 0).Order());
        Assert.All(Errors(result), error => Assert.Matches(@"^.+:\d+:\d+: error: ", error));
    }

    [Fact]
    public async Task All_mistakes_are_reported_at_once_with_their_places()
    {
        _site.Write("site.yaml", """
            host:
              data_dirr: ./data
              http: { listen: "nowhere" }
              sources: [{ type: htp }]
              journal: { max_bytes: lots }
            enterprise_integration:
              global:
                max_concurrent_deliveries: many
              siem:
                generic_cef: { enabled: true, output_type: file, path: ./a.cef, batch_sizee: 3 }
                nowhere: { enabled: true, type: splonk }
              webhooks:
                hook:
                  enabled: true
                  endpoint: "${AUDITHOST_TEST_UNSET}"
                  alert_threshold: Highh
                  event_filters: [{ type: severity_treshold, minimum_severity: Low }]
            """);

        CommandResult result = (await _site.RunAsync("validate", "site.yaml")).Expect(78);

        int[] lines = [.. Errors(result).Select(error => int.Parse(Place().Match(error).Groups["line"].Value)).Order()];
        Assert.Equal([2, 3, 4, 5, 8, 10, 11, 15, 16, 17], lines);
        foreach (string suggestion in new[] { "data_dir", "http", "batch_size", "severity_threshold" })
            Assert.Contains($"did you mean {suggestion}?", result.Error, StringComparison.Ordinal);
        Assert.Contains("10 errors", result.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("output_type: sylog, syslog_server: h", "output_type: expected one of syslog, file, tcp, udp, got 'sylog'; did you mean syslog?")]
    [InlineData("syslog_server: h, protocol: tpc", "protocol: expected one of udp, tcp, tls, got 'tpc'; did you mean tcp?")]
    [InlineData("syslog_server: h, facility: locl3", "or a whole number from 0 to 23, got 'locl3'; did you mean local3?")]
    [InlineData("syslog_server: h, alert_threshold: Highh", "alert_threshold: expected one of Info, Low, Medium, High, Critical, got 'Highh'; did you mean High?")]
    [InlineData("syslog_server: h, path: ./a.cef", "path: has no effect with output_type syslog; it belongs to output_type file. Leave 'path' out, or change output_type.")]
    public async Task Value_that_cannot_be_meant_is_named_with_what_can(string settings, string expected)
    {
        _site.WriteSite($"  siem:\n    generic_cef: {{ {settings} }}");

        CommandResult result = (await _site.RunAsync("validate", "site.yaml")).Expect(78);

        string error = Assert.Single(Errors(result));
        Assert.Matches(@"^site\.yaml:\d+:\d+: error: siem\.generic_cef\.", error);
        Assert.EndsWith(expected, error);
    }

    [Theory]
    [InlineData("")]
    [InlineData(", isolation: process")]
    public async Task Plugin_warns_of_its_settings_with_their_place(string isolation)
    {
        _site.WriteSite($"  siem:\n    qradar: {{ api_endpoint: 'https://qradar.example'{isolation} }}");

        CommandResult result = (await _site.RunAsync("validate", "site.yaml")).Expect(0);

        string warning = Assert.Single(result.Error.Split('\n'), line => line.Contains(": warning: ", StringComparison.Ordinal));
        Assert.Matches(@"^site\.yaml:\d+:\d+: warning: siem\.qradar: .*takes no events", warning);
        Assert.Contains("1 warning", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Each_of_several_endpoints_is_checked_at_its_place()
    {
        _site.WriteSite("  webhooks:\n    hook: { endpoint: ['https://a.example/', 'https://b.example/', 'c.example'] }");

        CommandResult result = (await _site.RunAsync("validate", "site.yaml")).Expect(78);

        Assert.Matches(@"^site\.yaml:\d+:\d+: error: webhooks\.hook\.endpoint\[2\]: ", Assert.Single(Errors(result)));
    }

    [Fact]
    public async Task Unset_variable_is_named_with_its_place()
    {
        _site.WriteSite("""
              webhooks:
                hook: { enabled: true, endpoint: "${AUDITHOST_TEST_UNSET}" }
            """);

        CommandResult result = (await _site.RunAsync("run", "--config", "site.yaml")).Expect(78);

        string error = Assert.Single(Errors(result));
        Assert.Matches(@":\d+:\d+: error: webhooks\.hook\.endpoint: .*AUDITHOST_TEST_UNSET", error);
    }

    [Fact]
    public async Task Missing_site_file_is_a_configuration_error()
    {
        CommandResult result = (await _site.RunAsync("validate", "absent.yaml")).Expect(78);

        Assert.Contains("absent.yaml: error: there is no such file", result.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("unknown-command")]
    [InlineData("run", "--unknown-option")]
    [InlineData("render", "events.jsonl")]
    [InlineData("replay", "--destination", "archive")]
    [InlineData("replay", "--destination", "archive", "--from", "yesterday-ish")]
    public async Task Wrong_usage_exits_2_and_says_where_help_is(params string[] arguments)
    {
        CommandResult result = (await _site.RunAsync(arguments)).Expect(2);

        Assert.Contains("--help", result.Error, StringComparison.Ordinal);
    }

    public void Dispose() => _site.Dispose();

    private static IEnumerable<string> Errors(CommandResult result) => result.ErrorLines.Where(line => line.Contains(": error: ", StringComparison.Ordinal));

    private static string Switch(string text, string name, bool on) => Regex.Replace(
        text, $@"(?<=^    {name}:\n      enabled: )(true|false)", on ? "true" : "false", RegexOptions.Multiline);

    private Dictionary<string, string> Variables() => new()
    {
        ["SPLUNK_HEC_ENDPOINT"] = "https://splunk.example:8088",
        ["SPLUNK_HEC_TOKEN"] = "splunk-token-for-the-test",
        ["ELASTICSEARCH_ENDPOINT"] = "https://elastic.example:9200",
        ["ELASTICSEARCH_API_KEY"] = "ZWxhc3RpYy1rZXk6Zm9yLXRoZS10ZXN0",
        ["SLACK_WEBHOOK_URL"] = "https://hooks.slack.com/services/T00000000/B00000000/for-the-test",
        ["SOAR_WEBHOOK_URL"] = "https://soar.example/in",
        ["SOAR_API_TOKEN"] = "soar-token-for-the-test",
        ["SECURITY_PLATFORM_API"] = "https://platform.example/in",
        ["SECURITY_PLATFORM_KEY"] = "platform-key-for-the-test",
        ["CLIENT_CERT_PATH"] = _site.File("client.pem"),
        ["CLIENT_KEY_PATH"] = _site.File("client.key"),
        ["CA_CERT_PATH"] = _site.File("ca.pem"),
    };

    private void WriteCertificates()
    {
        using var key = System.Security.Cryptography.ECDsa.Create();
        var request = new System.Security.Cryptography.X509Certificates.CertificateRequest("CN=e2e", key, System.Security.Cryptography.HashAlgorithmName.SHA256);
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        _site.Write("client.pem", certificate.ExportCertificatePem());
        _site.Write("ca.pem", certificate.ExportCertificatePem());
        _site.Write("client.key", key.ExportPkcs8PrivateKeyPem());
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(_site.File("client.key"), UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    [GeneratedRegex("no plugin provides connector type '(?<type>[^']+)'")]
    private static partial Regex MissingConnector();

    [GeneratedRegex(@"^[^:]+:(?<line>\d+):\d+: error: ")]
    private static partial Regex Place();
}
