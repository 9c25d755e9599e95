using System.Net;
using AuditHost.Configuration;
using AuditHost.Configuration.Options;

namespace AuditHost.Tests.Configuration;

public sealed class HostTests
{
    [Fact]
    public async Task Without_host_the_defaults_serve()
    {
        using var folder = new SiteFolder("enterprise_integration: {}\n");

        SiteOptions site = (await folder.LoadAsync()).Site!;

        Assert.Equal(Path.Combine(folder.Directory, "data"), site.Host.DataDirectory);
        Assert.Equal([new HttpSourceOptions()], site.Host.Sources);
        Assert.Equal(new IPEndPoint(IPAddress.Loopback, 8780), site.Host.Http.Listen);
        Assert.Equal(folder.Directory, site.BaseDirectory);
        Assert.Equal(folder.File, site.Path);
        Assert.Matches("^[0-9a-f]{12}$", site.Revision);
    }

    [Fact]
    public async Task Every_key_of_the_host_does_what_it_says()
    {
        using var folder = new SiteFolder("""
            enterprise_integration: {}
            host:
              data_dir: ./here
              plugins: { directory: plugins, lock_file: ./trusted.lock, publishers: [acme.pem] }
              http:
                listen: "0.0.0.0:9000"
                tls: { certificate_path: cert.pem, key_path: key.pem }
                tokens: ["${INTAKE_TOKEN}"]
                max_body_bytes: 2MiB
                max_decompressed_bytes: 8MiB
                max_event_bytes: 65536
                max_buffered_bytes: 32MiB
                max_connections: 500
                max_connections_per_peer: 50
              sources:
                - { type: http }
                - { type: file, path: "logs/audit*.jsonl", from_start: false, max_event_bytes: 2KiB }
                - { type: tcp, listen: "127.0.0.1:6000", max_event_bytes: 8KiB, max_connections: 7, max_connections_per_peer: 3 }
                - { type: syslog, listen: "[::1]:6001", protocol: udp, max_event_bytes: 2KiB }
                - { type: stdin, max_event_bytes: 4KiB }
              journal: { type: embedded, max_bytes: 1.5GiB, retain: 36h, segment_bytes: 16MiB, reserve_bytes: 1KB, tail_bytes: 1MiB, scrub: 12h }
              dead_letters: { max_bytes: 64MiB, on_full: drop_oldest }
              deduplication: { window: 5m, max_events: 2000 }
              shutdown_grace: 500ms
            """);
        folder.Environment["INTAKE_TOKEN"] = new string('t', 32);
        folder.Add("cert.pem", "certificate");
        folder.Add("key.pem", "key");
        folder.Add("acme.pem", "public key");

        SiteLoadResult result = await folder.LoadAsync();

        Assert.Empty(result.Lines());
        HostOptions host = result.Site!.Host;
        Assert.Equal(Path.Combine(folder.Directory, "here"), host.DataDirectory);
        Assert.Equal((Path.Combine(folder.Directory, "plugins"), Path.Combine(folder.Directory, "trusted.lock")), (host.Plugins!.Directory, host.Plugins.LockFile));
        Assert.Equal([Path.Combine(folder.Directory, "acme.pem")], host.Plugins.Publishers);
        Assert.Equal(host.Plugins.Directory, SiteLoader.FindHost(folder.File, folder.Environment.GetValueOrDefault)!.Plugins!.Directory);
        Assert.Equal(new IPEndPoint(IPAddress.Any, 9000), host.Http.Listen);
        Assert.Equal(Path.Combine(folder.Directory, "cert.pem"), host.Http.CertificatePath);
        Assert.Equal(Path.Combine(folder.Directory, "key.pem"), host.Http.KeyPath);
        Assert.Equal([new string('t', 32)], host.Http.Tokens);
        Assert.Contains(new string('t', 32), result.Site.Secrets);
        Assert.Equal(
            (2 << 20, 8 << 20, 65_536, 32 << 20),
            (host.Http.MaxBodyBytes, host.Http.MaxDecompressedBytes, host.Http.MaxEventBytes, host.Http.MaxBufferedBytes));
        Assert.Equal((500, 50), (host.Http.MaxConnections, host.Http.MaxConnectionsPerPeer));
        Assert.Equal(
            [
                new HttpSourceOptions(),
                new FileSourceOptions { Path = Path.Combine(folder.Directory, "logs/audit*.jsonl"), FromStart = false, MaxEventBytes = 2048 },
                new TcpSourceOptions { Listen = new IPEndPoint(IPAddress.Loopback, 6000), MaxEventBytes = 8192, MaxConnections = 7, MaxConnectionsPerPeer = 3 },
                SyslogSourceOptions.Default with { Listen = new IPEndPoint(IPAddress.IPv6Loopback, 6001), Protocol = SyslogTransport.Udp, MaxEventBytes = 2048 },
                new StandardInputSourceOptions { MaxEventBytes = 4096 },
            ],
            host.Sources);
        Assert.Equal(
            new JournalOptions { MaxBytes = 3L << 29, Retain = TimeSpan.FromHours(36), SegmentBytes = 16 << 20, ReserveBytes = 1000, TailBytes = 1 << 20, Scrub = TimeSpan.FromHours(12) },
            host.Journal);
        Assert.Equal(new DeadLetterOptions { MaxBytes = 64 << 20, OnFull = FullPolicy.DropOldest }, host.DeadLetters);
        Assert.Equal(new DeduplicationOptions { Window = TimeSpan.FromMinutes(5), MaxEvents = 2000 }, host.Deduplication);
        Assert.Equal(TimeSpan.FromMilliseconds(500), host.ShutdownGrace);
    }

    [Fact]
    public async Task Insecure_listener_is_allowed_and_warned_of()
    {
        SiteLoadResult result = await SiteFolder.LoadAsync("enterprise_integration: {}\nhost: { sources: [{ type: tcp, listen: 0.0.0.0:5170, insecure_listen: true }] }\n");

        Assert.Equal(new IPEndPoint(IPAddress.Any, 5170), Assert.IsType<TcpSourceOptions>(Assert.Single(result.Site!.Host.Sources)).Listen);
        Assert.Equal(
            "site.yaml:2:40: warning: host.sources[0].listen: anybody who reaches this address may send events and read along, for there is neither TLS nor a token",
            Assert.Single(result.Lines()));
    }

    [Fact]
    public async Task Rate_of_a_source_is_its_own()
    {
        SiteLoadResult result = await SiteFolder.LoadAsync(
            """
            enterprise_integration: {}
            host:
              sources:
                - { type: http, rate_limiting: { max_events_per_second: 10 } }
                - { type: tcp, rate_limiting: { max_events_per_second: 20, burst_capacity: 30 } }
                - { type: stdin, rate_limiting: { enabled: false } }

            """);

        Assert.Empty(result.Lines());
        Assert.Equal(
            [new RateLimitOptions { EventsPerSecond = 10 }, new RateLimitOptions { EventsPerSecond = 20, Burst = 30 }, null],
            result.Site!.Host.Sources.Select(source => source.RateLimit));
    }

    [Fact]
    public async Task Limit_of_connections_that_there_are_none_of_is_warned_of()
    {
        SiteLoadResult result = await SiteFolder.LoadAsync("enterprise_integration: {}\nhost: { sources: [{ type: syslog, protocol: udp, max_connections: 5 }] }\n");

        Assert.Equal("site.yaml:2:67: warning: host.sources[0].max_connections: does nothing here: UDP has no connections", Assert.Single(result.Lines()));
    }

    [Fact]
    public async Task Journal_may_retain_nothing_beyond_delivery()
    {
        SiteLoadResult result = await SiteFolder.LoadAsync("enterprise_integration: {}\nhost: { journal: { retain: 0s } }\n");

        Assert.Equal(TimeSpan.Zero, result.Site!.Host.Journal.Retain);
    }

    [Theory]
    [InlineData("localhost:8780", "127.0.0.1:8780")]
    [InlineData("[::1]:0", "[::1]:0")]
    public async Task Listener_takes_loopback_by_any_name(string listen, string expected)
    {
        SiteLoadResult result = await SiteFolder.LoadAsync($"enterprise_integration: {{}}\nhost: {{ http: {{ listen: '{listen}' }} }}\n");

        Assert.Equal(expected, result.Site!.Host.Http.Listen.ToString());
    }

    [Theory]
    [InlineData("::1:8780")]
    [InlineData("127.0.0.1:")]
    [InlineData("example.com:80")]
    public async Task Listener_without_a_clear_address_and_port_is_refused(string listen)
    {
        SiteLoadResult result = await SiteFolder.LoadAsync($"enterprise_integration: {{}}\nhost: {{ http: {{ listen: '{listen}' }} }}\n");

        Assert.Contains("host.http.listen: expected an address and a port", Assert.Single(result.Errors()), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("max_buffered_bytes: 16MiB")]
    [InlineData("max_body_bytes: 128MiB")]
    public async Task Requests_that_would_never_find_room_are_refused_beforehand(string limits)
    {
        SiteLoadResult result = await SiteFolder.LoadAsync($"enterprise_integration: {{}}\nhost: {{ http: {{ {limits} }} }}\n");

        Assert.Contains("max_buffered_bytes must be at least 4 times", Assert.Single(result.Errors()), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(UnixFileMode.GroupWrite)]
    [InlineData(UnixFileMode.OtherWrite)]
    public async Task Site_file_that_others_can_write_is_an_error(UnixFileMode mode)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no file modes.");
        using var folder = new SiteFolder("enterprise_integration: {}\n");
        SiteFolder.SetMode(folder.File, UnixFileMode.UserRead | UnixFileMode.UserWrite | mode);

        Assert.Equal(["site.yaml: error: others than the owner can write this file; chmod go-w it"], (await folder.LoadAsync()).Lines());
    }

    [Fact]
    public async Task Symbolic_link_to_a_site_file_counts_by_its_target()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no file modes.");
        using var folder = new SiteFolder("enterprise_integration: {}\n");
        string link = Path.Combine(folder.Directory, "link.yaml");
        File.CreateSymbolicLink(link, folder.File);

        Assert.Empty((await SiteLoader.LoadAsync(link, FakePlugins.Catalogue(), _ => null)).Diagnostics);
    }

    [Fact]
    public async Task Literal_secrets_in_a_file_that_all_can_read_are_warnings()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no file modes.");
        using var folder = new SiteFolder("enterprise_integration:\n  webhooks:\n    a: { endpoint: 'http://a', authentication: { type: bearer_token, token: canary-token } }\n  siem:\n    splunk: { hec_endpoint: 'http://b', hec_token: canary-hec }\n");
        Assert.Empty((await folder.LoadAsync()).Lines());
        SiteFolder.SetMode(folder.File, UnixFileMode.UserRead | UnixFileMode.OtherRead);

        SiteLoadResult result = await folder.LoadAsync();

        const string Advice = "a secret in a file that everybody on this machine can read; use ${NAME} or ${file:PATH}, or chmod o-r the file";
        Assert.Equal(
            [$"site.yaml:3:77: warning: webhooks.a.authentication.token: {Advice}", $"site.yaml:5:52: warning: siem.splunk.hec_token: {Advice}"],
            result.Lines());
        Assert.Superset(new HashSet<string> { "canary-token", "canary-hec" }, result.Site!.Secrets.ToHashSet());
    }
}
