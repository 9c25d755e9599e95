using System.Text;
using System.Text.Json;
using AuditHost.Configuration;
using AuditHost.Configuration.Options;

namespace AuditHost.Tests.Configuration;

public sealed class ExpansionTests
{
    private const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    [Theory]
    [InlineData("a: b # \" ' {x} [y] \n- z: *q")]
    [InlineData("${OTHER}")]
    [InlineData("${file:/etc/hostname}")]
    [InlineData("$${OTHER}")]
    public async Task What_comes_in_is_text_and_never_expanded_again(string secret)
    {
        using var folder = SplunkFolder("index: \"<${VALUE}>\"");
        folder.Environment["VALUE"] = secret;
        folder.Environment["OTHER"] = "expanded twice";

        Assert.Equal($"<{secret}>", await SettingAsync(folder, "index"));
    }

    [Theory]
    [InlineData("$${VALUE}", "${VALUE}")]
    [InlineData("a$${b}${VALUE}$", "a${b}v$")]
    [InlineData("${VALUE}${VALUE}", "vv")]
    [InlineData("$VALUE $ {VALUE}", "$VALUE $ {VALUE}")]
    public async Task Escape_stands_for_itself(string written, string expected)
    {
        using var folder = SplunkFolder($"index: '{written}'");
        folder.Environment["VALUE"] = "v";

        Assert.Equal(expected, await SettingAsync(folder, "index"));
    }

    [Fact]
    public async Task Schema_decides_the_type_of_a_scalar()
    {
        using var folder = SplunkFolder("index: 123\n      sourcetype: yes\n      port: ${PORT}\n      ratio: 2\n      raw: true\n      mode: FAST\n      tags: [1]\n      labels: { a: 0x1 }");
        folder.Environment["PORT"] = "8088";

        DestinationOptions splunk = (await folder.LoadAsync()).Site!.Destinations[0];

        Assert.Equal(
            """{"hec_endpoint":"https://splunk.example","hec_token":"canary-token","index":"123","sourcetype":"yes","port":8088,"ratio":2,"raw":true,"mode":"fast","tags":["1"],"labels":{"a":"0x1"}}""",
            Encoding.UTF8.GetString(splunk.Settings.Span));
    }

    [Fact]
    public async Task Secret_of_a_file_loses_its_last_line_end_only()
    {
        using var folder = SplunkFolder("index: ${file:secret}");
        folder.Add("secret", "first line\nsecond line\n\n");

        SiteLoadResult result = await folder.LoadAsync();

        Assert.Contains("first line\nsecond line\n", result.Site!.Secrets);
        Assert.Empty(result.Diagnostics);
    }

    [Fact]
    public async Task Secret_of_a_file_that_all_can_read_is_a_warning()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no file modes.");
        using var folder = SplunkFolder("index: ${file:secret}");
        folder.Add("secret", "canary-of-a-file", Private | UnixFileMode.OtherRead);

        Assert.Equal(
            ["site.yaml:6:14: warning: siem.splunk.index: the secret's file secret can be read by everybody on this machine; chmod o-r it"],
            (await folder.LoadAsync()).Lines());
    }

    [Fact]
    public async Task Variables_of_what_nobody_uses_need_not_be_set()
    {
        SiteLoadResult result = await SiteFolder.LoadAsync("""
            enterprise_integration:
              siem:
                splunk:
                  enabled: false
                  hec_endpoint: ${UNSET}
                  hec_token: ${UNSET}
                  batch_size: ${UNSET}
                  authentication: { type: bearer_token, token: "${UNSET}" }
                generic_cef: { output_type: syslog }
                prometheus:
                  push_gateway: { enabled: false, endpoint: "${UNSET}" }
              security:
                tls: { client_certificate_path: "${UNSET}" }
                authentication:
                  api_key: { header_name: "${UNSET}" }
                  oauth2: { client_secret: "${UNSET}" }
            """);

        Assert.Empty(result.Lines());
        Assert.False(result.Site!.Destinations[0].Enabled);
    }

    [Theory]
    [InlineData("https://splunk.example", true)]
    [InlineData("http://splunk.example", false)]
    public async Task Shared_tls_is_expanded_for_destinations_that_speak_tls(string endpoint, bool expanded)
    {
        using var folder = SplunkFolder($"sourcetype: x\n  security:\n    tls:\n      client_certificate_path: ${{UNSET}}\n", endpoint);

        string[] errors = (await folder.LoadAsync()).Errors();

        Assert.Equal(expanded ? ["site.yaml:9:32: error: security.tls.client_certificate_path: the environment variable UNSET is not set"] : [], errors);
    }

    [Fact]
    public async Task Shared_api_key_header_is_used_where_a_destination_names_none()
    {
        SiteLoadResult result = await SiteFolder.LoadAsync(
            """
            enterprise_integration:
              webhooks:
                a: { endpoint: "http://a", authentication: { type: api_key, value: "${KEY}" } }
                b: { endpoint: "http://b", authentication: { type: api_key, header: X-Own, value: "${KEY}" } }
              security: { authentication: { api_key: { header_name: "${HEADER}" } } }
            """,
            environment: [("KEY", "canary-key"), ("HEADER", "X-Shared")]);

        Assert.Equal(new AuthenticationOptions.ApiKey("X-Shared", "canary-key"), result.Site!.Destinations[0].Authentication);
        Assert.Equal(new AuthenticationOptions.ApiKey("X-Own", "canary-key"), result.Site.Destinations[1].Authentication);
        Assert.Contains("canary-key", result.Site.Secrets);
    }

    [Fact]
    public async Task Required_secret_that_is_set_to_nothing_is_an_error()
    {
        using var folder = SplunkFolder("sourcetype: x");
        folder.Environment["TOKEN"] = string.Empty;

        Assert.Equal(["site.yaml:5:18: error: siem.splunk.hec_token: is empty once filled in; expected a text"], (await folder.LoadAsync()).Errors());
    }

    private static SiteFolder SplunkFolder(string keys, string endpoint = "https://splunk.example")
    {
        var folder = new SiteFolder($"enterprise_integration:\n  siem:\n    splunk:\n      hec_endpoint: {endpoint}\n      hec_token: ${{TOKEN}}\n      {keys}\n");
        folder.Environment["TOKEN"] = "canary-token";
        return folder;
    }

    private static async Task<string?> SettingAsync(SiteFolder folder, string name)
    {
        SiteLoadResult result = await folder.LoadAsync();
        Assert.Empty(result.Errors());
        using JsonDocument settings = JsonDocument.Parse(result.Site!.Destinations[0].Settings);
        return settings.RootElement.GetProperty(name).GetString();
    }
}
