using AuditHost.Configuration;
using AuditHost.Sdk;
using AuditHost.Security;

namespace AuditHost.Tests.Configuration;

/// <summary>Every kind of error, with its exact place and words.</summary>
public sealed class DiagnosticTests
{
    private const string Splunk = """
        enterprise_integration:
          siem:
            splunk:
              hec_endpoint: https://splunk.example
              hec_token: ${TOKEN}

        """;

    public static TheoryData<string, string> Destinations() => new()
    {
        { "batch_sizee: 5", "6:7: error: siem.splunk.batch_sizee: unknown key; did you mean batch_size?" },
        { "indx: x", "6:7: error: siem.splunk.indx: unknown key; did you mean index?" },
        { "wholly_unlike_anything: x", "6:7: error: siem.splunk.wholly_unlike_anything: unknown key" },
        { "batch_size: many", "6:19: error: siem.splunk.batch_size: expected a whole number from 1 to 100000, got 'many'" },
        { "batch_size: \"5\"", "6:19: error: siem.splunk.batch_size: expected a whole number from 1 to 100000, got the text '5'" },
        { "batch_size: 0", "6:19: error: siem.splunk.batch_size: expected a whole number from 1 to 100000, got '0'" },
        { "batch_size: 010", "6:19: error: siem.splunk.batch_size: expected a whole number from 1 to 100000, got '010'" },
        { "batch_size:", "6:18: error: siem.splunk.batch_size: expected a whole number from 1 to 100000, got nothing" },
        { "batch_size: 5\n      bulk_size: 6", "7:7: error: siem.splunk.bulk_size: means the same as batch_size, which stands in line 6; keep one" },
        { "ordered: yes", "6:16: error: siem.splunk.ordered: expected true or false, got 'yes'" },
        { "give_up_after: 30", "6:22: error: siem.splunk.give_up_after: expected a time such as 500ms, 30s, 5m, 12h or 7d, got '30'" },
        { "alert_threshold: Severe", "6:24: error: siem.splunk.alert_threshold: expected one of Info, Low, Medium, High, Critical, got 'Severe'" },
        { "alert_threshold: Highh", "6:24: error: siem.splunk.alert_threshold: expected one of Info, Low, Medium, High, Critical, got 'Highh'; did you mean High?" },
        { "event_filters: [{ type: severity_threshold, minimum_severity: Medum }]", "6:69: error: siem.splunk.event_filters[0].minimum_severity: expected one of Info, Low, Medium, High, Critical, got 'Medum'; did you mean Medium?" },
        { "ordered: ture", "6:16: error: siem.splunk.ordered: expected true or false, got 'ture'; did you mean true?" },
        { "event_types: SecurityEvent", "6:20: error: siem.splunk.event_types: expected a list, each of it a text; got a value" },
        { "retry_policy: 5", "6:21: error: siem.splunk.retry_policy: expected a mapping, got a value" },
        { "retry_policy: { max_attemps: 5 }", "6:23: error: siem.splunk.retry_policy.max_attemps: unknown key; did you mean max_attempts?" },
        { "tls: { min_version: \"1.1\" }", "6:27: error: siem.splunk.tls.min_version: expected one of 1.2, 1.3, got the text '1.1'" },
        { "tls: { ca_certificate_path: ./none.pem }", "6:35: error: siem.splunk.tls.ca_certificate_path: there is no file './none.pem'" },
        { "tls: { verify_certificates: true }\n      ssl_verify: false", "7:19: error: siem.splunk.ssl_verify: contradicts tls.verify_certificates; keep one of them" },
        { "template: ./none.sbn", "6:17: error: siem.splunk.template: there is no file './none.sbn'" },
        { "format: ceff", "6:15: error: siem.splunk.format: no plugin provides format 'ceff'; installed: cef, json; did you mean cef?" },
        { "format: { type: cef, vender: x }", "6:28: error: siem.splunk.format.vender: unknown key; did you mean vendor?" },
        { "format: { vendor: x }", "6:15: error: siem.splunk.format.type: is required and missing; expected the format's name" },
        { "authentication: { type: oauth2, client_secret: s, token_endpoint: \"https://login\" }", "6:31: error: siem.splunk.authentication.type: oauth2 needs client_id, here or in security.authentication.oauth2" },
        { "authentication: { type: oauth2, client_id: c, client_secret: s, token_endpoint: \"http://login\" }", "6:87: error: siem.splunk.authentication.token_endpoint: the client's secret would travel unencrypted; use https" },
        { "authentication: { type: basc }", "6:31: error: siem.splunk.authentication.type: 'basc' is not known; expected one of bearer_token, api_key, basic, oauth2; did you mean basic?" },
        { "authentication: { type: bearer_token }", "6:23: error: siem.splunk.authentication.token: is required and missing" },
        { "proxy: ftp://user:canary@proxy", "6:14: error: siem.splunk.proxy: expected a URL such as http://proxy.example:3128, got 'ftp://***@proxy'" },
        { "event_filters: [{ type: severity }]", "6:31: error: siem.splunk.event_filters[0].type: 'severity' is not known; expected one of severity_threshold, event_type_filter, compliance_required, exclude_performance_metrics, data_classification_filter, field" },
        { "event_filters: [{ type: field, path: a, matches: \"(?<=a)b\" }]", "6:56: error: siem.splunk.event_filters[0].matches: cannot run in linear time; do without look-around, back references and atomic groups" },
        { "event_filters: [{ type: field, path: a, matches: \"(\" }]", "6:56: error: siem.splunk.event_filters[0].matches: is not a regular expression (InsufficientClosingParentheses at offset 1)" },
        { "event_filters: [{ type: field, equals: a }]", "6:23: error: siem.splunk.event_filters[0].path: is required and missing; equals needs to know the field" },
        { "raw: *canary", "6:12: error: an alias (*) is not allowed; write the value out, in quotes where it begins with *" },
        { "raw: &canary true", "6:12: error: an anchor (&) is not allowed; write values out, in quotes where they begin with &" },
        { "port: ${TOKEN}", "6:13: error: siem.splunk.port: expected a whole number from 1 to 65535, got '${TOKEN}'" },
        { "batch_size: ${TOKEN}", "6:19: error: siem.splunk.batch_size: expected a whole number from 1 to 100000, got '${TOKEN}'" },
        { "type: ${TOKEN}", "6:13: error: siem.splunk: no plugin provides connector type '${TOKEN}'; installed: buffered, elasticsearch, generic_cef, prometheus, slack, splunk, webhook" },
        { "format: ${TOKEN}", "6:15: error: siem.splunk.format: no plugin provides format '${TOKEN}'; installed: cef, json" },
        { "authentication: { type: \"${TOKEN}\" }", "6:31: error: siem.splunk.authentication.type: the text '${TOKEN}' is not known; expected one of bearer_token, api_key, basic, oauth2" },
        { "port: high", "6:13: error: siem.splunk.port: expected a whole number from 1 to 65535, got 'high'" },
        { "port: 70000", "6:13: error: siem.splunk.port: expected a whole number from 1 to 65535, got '70000'" },
        { "raw: 1", "6:12: error: siem.splunk.raw: expected true or false, got '1'" },
        { "mode: quick", "6:13: error: siem.splunk.mode: expected one of fast, safe, got 'quick'" },
        { "mode: fsat", "6:13: error: siem.splunk.mode: expected one of fast, safe, got 'fsat'; did you mean fast?" },
        { "raw: fasle", "6:12: error: siem.splunk.raw: expected true or false, got 'fasle'; did you mean false?" },
        { "level: notce", "6:14: error: siem.splunk.level: expected one of notice, warning or a whole number from 0 to 7, got 'notce'; did you mean notice?" },
        { "level: 8", "6:14: error: siem.splunk.level: expected one of notice, warning or a whole number from 0 to 7, got '8'" },
        { "tags: one", "6:13: error: siem.splunk.tags: expected a list, got 'one'" },
        { "sourcetype: { a: 1 }", "6:19: error: siem.splunk.sourcetype: expected a text, got a mapping" },
        { "nested: { iner: 1 }", "6:17: error: siem.splunk.nested.iner: unknown key; did you mean inner?" },
        { "nested: {}", "6:15: error: siem.splunk.nested.inner: is required and missing" },
        { "index: ${MISSING}", "6:14: error: siem.splunk.index: the environment variable MISSING is not set" },
        { "hec_x: 1\n      index: ${NAME:-canary}", "7:14: error: siem.splunk.index: a placeholder is neither ${NAME} nor ${file:PATH}; write $${ for a literal ${" },
        { "index: a${NAME", "6:14: error: siem.splunk.index: '${' without its '}'; write $${ for a literal ${" },
        { "index: ${file:./none}", "6:14: error: siem.splunk.index: there is no file ./none to take the secret from" },
    };

    [Theory]
    [MemberData(nameof(Destinations))]
    public async Task Error_in_a_destination_stands_at_its_place(string keys, string expected)
    {
        SiteLoadResult result = await SiteFolder.LoadAsync($"{Splunk}      {keys}\n", environment: ("TOKEN", "canary-token"));

        Assert.Contains($"site.yaml:{expected}", result.Errors());
        Assert.Null(result.Site);
        Assert.DoesNotContain(result.Lines(), line => line.Contains("canary", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("sources: [{ type: tcp, listen: 0.0.0.0:5170 }]", "3:34: error: host.sources[0].listen: anybody who reaches this address may send events and read along, for there is neither TLS nor a token; listen on 127.0.0.1, take host.http, or say insecure_listen: true")]
    [InlineData("http: { listen: 0.0.0.0:8780 }", "3:19: error: host.http.listen: another address than loopback needs TLS and a token; add tls and tokens to host.http, or listen on 127.0.0.1")]
    [InlineData("http: { listen: 127.0.0.1 }", "3:19: error: host.http.listen: expected an address and a port such as 127.0.0.1:8780, got '127.0.0.1'")]
    [InlineData("http: { tokens: [canary] }", "3:19: error: host.http.tokens: a token has fewer than 32 characters and could be guessed; try openssl rand -hex 32")]
    [InlineData("http: { max_body_bytes: 1 }", "3:27: error: host.http.max_body_bytes: expected a size such as 64KiB, 256MiB or 10GiB, from 1KiB to 1GiB, got '1'")]
    [InlineData("sources: [{ type: sylog }]", "3:21: error: host.sources[0].type: 'sylog' is not known; expected one of http, splunk_hec, otlp, file, tcp, syslog, stdin; did you mean syslog?")]
    [InlineData("sources: [{ type: file }]", "3:13: error: host.sources[0].path: is required and missing")]
    [InlineData("journal: { type: kafka }", "3:20: error: host.journal.type: expected one of embedded, got 'kafka'")]
    [InlineData("journal: { type: embeded }", "3:20: error: host.journal.type: expected one of embedded, got 'embeded'; did you mean embedded?")]
    [InlineData("journal: { retain: 0 }", "3:22: error: host.journal.retain: expected a time such as 30s, 5m, 12h or 7d, or 0s, got '0'")]
    [InlineData("journal: { retain: 0y }", "3:22: error: host.journal.retain: expected a time such as 30s, 5m, 12h or 7d, or 0s, got '0y'")]
    [InlineData("shutdown_grace: 0s", "3:19: error: host.shutdown_grace: expected a time such as 500ms, 30s, 5m, 12h or 7d, got '0s'")]
    [InlineData("journal: { max_bytes: 64MiB }", "3:25: error: host.journal.max_bytes: must hold two segments at least; with segment_bytes of 64MiB that is 128MiB")]
    [InlineData("data_dri: x", "3:3: error: host.data_dri: unknown key; did you mean data_dir?")]
    public async Task Error_in_the_host_stands_at_its_place(string keys, string expected)
    {
        SiteLoadResult result = await SiteFolder.LoadAsync($"enterprise_integration: {{}}\nhost:\n  {keys}\n");

        Assert.Equal([$"site.yaml:{expected}"], result.Errors());
        Assert.Null(result.Site);
    }

    [Theory]
    [InlineData("enterprise_integration: {}\nhots: {}\n", "2:1: error: hots: unknown key; did you mean host?")]
    [InlineData("host: {}\n", "1:1: error: enterprise_integration: is required and missing")]
    [InlineData("enterprise_integration:\n  seim: {}\n", "2:3: error: seim: unknown key; did you mean siem?")]
    [InlineData("enterprise_integration:\n  siem: [splunk]\n", "2:9: error: siem: expected a mapping of destinations, got a list")]
    [InlineData("enterprise_integration:\n  siem:\n    splunk: true\n", "3:13: error: siem.splunk: expected a mapping, got a value")]
    [InlineData("enterprise_integration:\n  siem:\n    'spl unk': { type: splunk }\n", "3:5: error: siem: a destination's name has 1 to 64 characters out of A-Z a-z 0-9 _ . -")]
    [InlineData("enterprise_integration:\n  siem:\n    a: { enabled: false }\n  alerting:\n    a: { enabled: false }\n", "5:5: error: alerting.a: the name a is taken by siem.a in line 3; give this one another name and a type")]
    [InlineData("enterprise_integration:\n  siem:\n    splnk: {}\n", "3:5: error: siem.splnk: no plugin provides connector type 'splnk'; installed: buffered, elasticsearch, generic_cef, prometheus, slack, splunk, webhook; did you mean splunk?")]
    [InlineData("enterprise_integration:\n  siem:\n    dr:\n      type: splnk\n", "4:13: error: siem.dr: no plugin provides connector type 'splnk'; installed: buffered, elasticsearch, generic_cef, prometheus, slack, splunk, webhook; did you mean splunk?")]
    [InlineData("enterprise_integration:\n  siem:\n    splunk: { hec_endpoint: 'https://x' }\n", "3:13: error: siem.splunk.hec_token: is required and missing")]
    public async Task Error_in_the_frame_stands_at_its_place(string yaml, string expected)
    {
        SiteLoadResult result = await SiteFolder.LoadAsync(yaml);

        Assert.Equal([$"site.yaml:{expected}"], result.Errors());
    }

    [Fact]
    public async Task All_errors_of_a_file_come_at_once_in_its_order()
    {
        SiteLoadResult result = await SiteFolder.LoadAsync(
            $"{Splunk}      batch_size: x\n      ordered: 7\n      indx: y\nhost:\n  data_dri: z\n");

        Assert.Equal([5, 6, 7, 8, 10], result.Diagnostics.Select(diagnostic => diagnostic.Location.Line));
    }

    [Fact]
    public async Task Missing_file_says_so()
    {
        SiteLoadResult result = await SiteLoader.LoadAsync("/no/such/site.yaml", FakePlugins.Catalogue(), _ => null);

        Assert.Equal("/no/such/site.yaml: error: there is no such file; name the site file with --config", Assert.Single(result.Diagnostics).ToString());
    }

    [Fact]
    public async Task Settings_a_connector_refuses_are_reported_at_the_setting_without_secrets()
    {
        var factory = new FakeConnectorFactory("strict", """
            {"type":"object","properties":{"token":{"type":"string","writeOnly":true},"rules":{"type":"array","items":{"type":"object","properties":{"target":{"type":"string"}}}}}}
            """)
        {
            Check = settings => throw new SettingsException("rules[1].target", $"'{settings.GetProperty("token").GetString()}' goes nowhere"),
        };
        using var folder = new SiteFolder("""
            enterprise_integration:
              siem:
                strict:
                  token: canary-token
                  rules:
                    - target: a
                    - target: b
            """)
        {
            ContextFor = (_, _) => new FakeContext(),
        };

        SiteLoadResult result = await folder.LoadAsync(FakePlugins.Catalogue(factory));

        Assert.Equal(["site.yaml:7:19: error: siem.strict.rules[1].target: '***' goes nowhere"], result.Errors());
    }

    [Fact]
    public async Task What_a_connector_warns_of_while_it_is_checked_is_a_warning_of_its_destination()
    {
        FakeConnectorFactory splunk = FakePlugins.Splunk();
        splunk.Warns = "canary-token is old";
        using var folder = new SiteFolder(Splunk) { ContextFor = (options, log) => new DestinationContext(options, "/", TimeProvider.System, log) };
        folder.Environment["TOKEN"] = "canary-token";

        SiteLoadResult result = await folder.LoadAsync(FakePlugins.Catalogue(splunk));

        Assert.NotNull(result.Site);
        Assert.Contains("site.yaml:3:5: warning: siem.splunk: *** is old", result.Lines());
    }

    [Fact]
    public async Task Connector_whose_schema_is_broken_is_an_error_of_its_destinations()
    {
        SiteLoadResult result = await SiteFolder.LoadAsync(
            "enterprise_integration:\n  siem:\n    broken: {}\n", FakePlugins.Catalogue(new FakeConnectorFactory("broken", "{")));

        Assert.Equal(["site.yaml:3:5: error: siem.broken: the plugin of connector 'broken' is broken: the schema of its settings cannot be read"], result.Errors());
    }

    [Fact]
    public async Task Connector_made_for_its_checks_is_disposed_of_with_its_context()
    {
        FakeConnectorFactory splunk = FakePlugins.Splunk();
        var context = new FakeContext();
        using var folder = new SiteFolder(Splunk) { ContextFor = (_, _) => context };
        folder.Environment["TOKEN"] = "canary-token";

        SiteLoadResult result = await folder.LoadAsync(FakePlugins.Catalogue(splunk));

        Assert.NotNull(result.Site);
        Assert.True(Assert.Single(splunk.Created).IsDisposed);
        Assert.True(context.IsDisposed);
    }

    [Fact]
    public async Task Template_that_does_not_compile_is_an_error_at_its_key()
    {
        using var folder = new SiteFolder($"{Splunk}      template: event.sbn\n") { CompileTemplate = _ => "event.sbn:1:4: unexpected end" };
        folder.Environment["TOKEN"] = "canary-token";
        folder.Add("event.sbn", "{{");

        SiteLoadResult result = await folder.LoadAsync();

        Assert.Equal(["site.yaml:6:17: error: siem.splunk.template: event.sbn:1:4: unexpected end"], result.Errors());
    }
}
