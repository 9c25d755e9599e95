using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;

namespace AuditHost.EndToEnd;

/// <summary>A host that stays up and takes events over HTTP.</summary>
public sealed class RunningHostTests : IDisposable
{
    private const string Archive = "  log_aggregation: { archive: { type: file, format: jsonl, path: ./archive.jsonl } }";

    private readonly SiteFolder _site = new();

    [Fact]
    public async Task Single_events_arrays_and_lines_are_taken_and_delivered()
    {
        _site.WriteSite(Archive);
        await using RunningHost host = await RunningHost.StartAsync(_site);

        using HttpResponseMessage single = await host.PostAsync(TestEvents.Json(1), "application/json");
        using HttpResponseMessage array = await host.PostAsync($"[{TestEvents.Json(2)},{TestEvents.Json(3)}]", "application/json");
        using HttpResponseMessage lines = await host.PostAsync($"{TestEvents.Json(4)}\n{TestEvents.Json(5)}\n", "application/x-ndjson");

        Assert.Equal((1, 1, 1), await AcceptedAsync(single));
        Assert.Equal((2, 2, 3), await AcceptedAsync(array));
        Assert.Equal((2, 4, 5), await AcceptedAsync(lines));
        await host.UntilAsync(() => _site.Lines("archive.jsonl").Length == 5, "delivered");
        Assert.Equal(TestEvents.Range(1, 5), _site.Lines("archive.jsonl"));
    }

    [Fact]
    public async Task Events_over_tcp_are_taken_and_delivered()
    {
        int port = SiteFolder.FreePort();
        _site.WriteSite(Archive, $$"""[{ type: http }, { type: tcp, listen: "127.0.0.1:{{port}}" }]""");
        await using RunningHost host = await RunningHost.StartAsync(_site);
        using (var sender = new TcpClient())
        {
            await sender.ConnectAsync(IPAddress.Loopback, port, TestContext.Current.CancellationToken);
            await sender.GetStream().WriteAsync(Encoding.UTF8.GetBytes(string.Join('\n', TestEvents.Range(1, 500)) + "\nno event\n"), TestContext.Current.CancellationToken);
        }

        await host.UntilAsync(() => _site.Lines("archive.jsonl").Length == 500, "delivered");
        await host.UntilAsync(async () => (await _site.RunAsync("status", "--json", "--config", "site.yaml")).Expect(0).Output.Contains("\"rejected\": 1", StringComparison.Ordinal), "rejecting");
        Assert.Equal(TestEvents.Range(1, 500), _site.Lines("archive.jsonl"));
        Assert.Equal(0, await host.StopAsync());
    }

    [Fact]
    public async Task Address_of_a_source_that_is_taken_ends_the_start()
    {
        _site.WriteSite(Archive, $$"""[{ type: tcp, listen: "127.0.0.1:{{_site.Port}}" }]""");
        using var other = new TcpListener(IPAddress.Loopback, _site.Port);
        other.Start();

        CommandResult result = (await _site.RunAsync("run", "--config", "site.yaml")).Expect(1);

        Assert.Contains($"tcp-{_site.Port} cannot listen on 127.0.0.1:{_site.Port}", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Event_sent_again_is_accepted_and_delivered_once_over_a_restart_too()
    {
        _site.WriteSite(Archive);
        string again;
        await using (RunningHost first = await RunningHost.StartAsync(_site))
        {
            await first.AcceptAsync(TestEvents.Range(1, 3));
            using HttpResponseMessage known = await first.PostAsync(string.Join('\n', TestEvents.Range(2, 3)), "application/x-ndjson");
            again = await known.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
            await first.StopAsync();
        }

        await using RunningHost second = await RunningHost.StartAsync(_site);
        using HttpResponseMessage all = await second.PostAsync(string.Join('\n', TestEvents.Range(1, 4)), "application/x-ndjson");
        await second.UntilAsync(async () => await second.MetricAsync("audithost_events_buffered", "archive") == 0, "drained");

        Assert.Equal("""{"accepted":3,"duplicates":2,"first":4,"last":4}""", again);
        Assert.Equal("""{"accepted":4,"duplicates":4}""", await all.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Assert.Equal(TestEvents.Range(1, 4), _site.Lines("archive.jsonl"));
    }

    [Fact]
    public async Task Listener_with_tokens_asks_for_one_and_leaves_health_open()
    {
        const string Token = "0123456789abcdef0123456789abcdef";
        _site.WriteSite(Archive);
        _site.Write("site.yaml", File.ReadAllText(_site.File("site.yaml")).Replace("http: {", $"http: {{ tokens: [{Token}],", StringComparison.Ordinal));
        await using RunningHost host = await RunningHost.StartAsync(_site);
        using var client = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{_site.Port}") };
        CancellationToken stop = TestContext.Current.CancellationToken;

        using HttpResponseMessage health = await client.GetAsync(new Uri("/health/ready", UriKind.Relative), stop);
        using HttpResponseMessage metrics = await client.GetAsync(new Uri("/metrics", UriKind.Relative), stop);
        using HttpResponseMessage events = await client.PostAsync(new Uri("/v1/events", UriKind.Relative), new StringContent("{}"), stop);
        client.DefaultRequestHeaders.Authorization = new("Bearer", Token);
        using HttpResponseMessage allowed = await client.GetAsync(new Uri("/metrics", UriKind.Relative), stop);

        Assert.Equal([200, 401, 401, 200], new[] { health, metrics, events, allowed }.Select(response => (int)response.StatusCode));
    }

    [Fact]
    public async Task Request_with_a_bad_event_is_refused_whole_and_names_it()
    {
        _site.WriteSite(Archive);
        await using RunningHost host = await RunningHost.StartAsync(_site);

        using HttpResponseMessage refused = await host.PostAsync($"{TestEvents.Json(1)}\n{{\"event_id\":\n{TestEvents.Json(2)}\n", "application/x-ndjson");

        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        Assert.Equal("application/problem+json", refused.Content.Headers.ContentType?.MediaType);
        string problem = await refused.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.Matches("\"line\":\\s*2\\b", problem);
        Assert.Matches("\"index\":\\s*1\\b", problem);
        await host.AcceptAsync(TestEvents.Json(3));
        await host.UntilAsync(() => _site.Lines("archive.jsonl").Length > 0, "delivered");
        Assert.Equal([TestEvents.Json(3)], _site.Lines("archive.jsonl"));
    }

    [Fact]
    public async Task Books_balance_in_metrics_and_in_status()
    {
        _site.WriteSite(Archive + "\n  siem: { generic_cef: { output_type: file, path: ./a.cef, alert_threshold: Critical } }");
        await using RunningHost host = await RunningHost.StartAsync(_site);
        await host.AcceptAsync(TestEvents.Range(1, 20));
        await host.UntilAsync(() => _site.Lines("archive.jsonl").Length == 20, "delivered");

        CommandResult status = (await _site.RunAsync("status", "--json", "--config", "site.yaml")).Expect(0);

        Assert.True(status.Json.GetProperty("running").GetBoolean());
        Assert.All(status.Json.GetProperty("destinations").EnumerateArray(), Books.AssertBalanced);
        await Books.AssertBalancedAsync(host, "archive");
        await Books.AssertBalancedAsync(host, "generic_cef");
        Assert.Equal(20, await host.MetricAsync("audithost_events_accepted_total", "archive"));
        await host.UntilAsync(async () => await host.MetricAsync("audithost_events_filtered_total", "generic_cef") == 20, "filtered");
        Assert.Equal("live\n", await host.Http.GetStringAsync("/health/live", TestContext.Current.CancellationToken));
        Assert.Contains("\"ready\": true", await host.Http.GetStringAsync("/health/ready", TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Admin_api_answers_on_the_owners_socket_alone()
    {
        _site.WriteSite(Archive);
        await using RunningHost host = await RunningHost.StartAsync(_site);
        string socket = _site.File("data/admin.sock");

        using HttpResponseMessage network = await host.Http.GetAsync("/api/v1/status", TestContext.Current.CancellationToken);
        using HttpResponseMessage order = await host.Http.PostAsync("/api/v1/dead-letters/discard", new StringContent("{}"), TestContext.Current.CancellationToken);
        using HttpClient owner = OverSocket(socket);
        using HttpResponseMessage local = await owner.GetAsync("http://audithost/api/v1/status", TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.NotFound, network.StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, order.StatusCode);
        Assert.Equal(HttpStatusCode.OK, local.StatusCode);
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(socket));
    }

    [Fact]
    public async Task Stopped_host_keeps_what_is_undelivered_and_delivers_it_after_the_restart()
    {
        int port = SiteFolder.FreePort();
        _site.WriteSite($$"""
              webhooks:
                hook: { endpoint: "http://127.0.0.1:{{port}}/in", circuit_breaker: { timeout_seconds: 0.2 } }
            """);
        await using (RunningHost first = await RunningHost.StartAsync(_site))
        {
            await first.AcceptAsync(TestEvents.Range(1, 10));
            Assert.Equal(0, await first.StopAsync());
        }

        CommandResult status = (await _site.RunAsync("status", "--json", "--config", "site.yaml")).Expect(0);
        Assert.Equal(10, Books.Of(status.Json.GetProperty("destinations")[0], "buffered"));
        using var receiver = new HttpReceiver(port);
        await using RunningHost second = await RunningHost.StartAsync(_site);
        await second.UntilAsync(() => receiver.Taken.Count == 10, "delivered");
    }

    [Fact]
    public async Task Second_host_on_the_same_data_names_the_first()
    {
        _site.WriteSite(Archive);
        await using RunningHost host = await RunningHost.StartAsync(_site);

        CommandResult second = (await _site.RunAsync("run", "--config", "site.yaml")).Expect(1);

        Assert.Contains($"{host.Id}", second.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_of_a_sound_site_warns_of_nothing()
    {
        _site.WriteSite(Archive);
        await using RunningHost host = await RunningHost.StartAsync(_site);

        await host.UntilAsync(() => host.Log.Contains("is up, destinations: 1;", StringComparison.Ordinal), "announced");
        Assert.DoesNotContain(" warn ", host.Log, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Send_hands_a_file_and_standard_input_to_the_host()
    {
        _site.WriteSite(Archive);
        _site.Write("some.jsonl", string.Join('\n', TestEvents.Range(1, 3)));
        await using RunningHost host = await RunningHost.StartAsync(_site);

        CommandResult file = (await _site.RunAsync("send", "some.jsonl", "--config", "site.yaml")).Expect(0);
        CommandResult input = (await AuditHostCommand.RunAsync(
            _site.Path,
            async stream => await stream.WriteAsync(System.Text.Encoding.UTF8.GetBytes(TestEvents.Json(4))),
            new Dictionary<string, string>(),
            "send", "-", "--config", "site.yaml")).Expect(0);

        Assert.Equal("3 events accepted.\n", file.Output);
        Assert.StartsWith("1 event", input.Output, StringComparison.Ordinal);
        await host.UntilAsync(() => _site.Lines("archive.jsonl").Length == 4, "delivered");
    }

    [Fact]
    public async Task Send_without_a_host_says_how_to_start_one()
    {
        _site.WriteSite(Archive);
        _site.Write("some.jsonl", TestEvents.Json(1));

        CommandResult result = (await _site.RunAsync("send", "some.jsonl", "--config", "site.yaml")).Expect(1);

        Assert.Contains("audithost run", result.Error, StringComparison.Ordinal);
    }

    public void Dispose() => _site.Dispose();

    private static async Task<(int Accepted, int First, int Last)> AcceptedAsync(HttpResponseMessage response)
    {
        string text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True(response.StatusCode == HttpStatusCode.OK, text);
        using JsonDocument document = JsonDocument.Parse(text);
        JsonElement answer = document.RootElement;
        return (answer.GetProperty("accepted").GetInt32(), answer.GetProperty("first").GetInt32(), answer.GetProperty("last").GetInt32());
    }

    private static HttpClient OverSocket(string path) => new(new SocketsHttpHandler
    {
        ConnectCallback = async (_, stop) =>
        {
            var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(path), stop);
            return new NetworkStream(socket, ownsSocket: true);
        },
    });
}
