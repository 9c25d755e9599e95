using System.IO.Compression;
using System.Net;
using System.Net.Sockets;
using System.Text;
using AuditHost.Connectors.Prometheus;
using AuditHost.Sdk;
using AuditHost.Sdk.Testing;

namespace AuditHost.Plugins.Tests.Prometheus;

/// <summary>The endpoint, as scrapers and as strangers use it.</summary>
public sealed class ScrapeServerTests : PrometheusTest
{
    [Theory]
    [InlineData("GET /metrics HTTP/1.1\r\nHost: x", "200 OK")]
    [InlineData("GET /metrics HTTP/1.0", "200 OK")]
    [InlineData("GET /metrics?debug=1 HTTP/1.1\r\nHost: x", "200 OK")]
    [InlineData("GET http://localhost/metrics HTTP/1.1\r\nHost: localhost", "200 OK")]
    [InlineData("HEAD /metrics HTTP/1.1\r\nHost: x", "200 OK")]
    [InlineData("GET / HTTP/1.1\r\nHost: x", "404 Not Found")]
    [InlineData("GET /metrics/ HTTP/1.1\r\nHost: x", "404 Not Found")]
    [InlineData("POST /metrics HTTP/1.1\r\nHost: x\r\nContent-Length: 0", "405 Method Not Allowed")]
    [InlineData("DELETE /metrics HTTP/1.1\r\nHost: x", "405 Method Not Allowed")]
    [InlineData("GET /metrics HTTP/2.0", "400 Bad Request")]
    [InlineData("GET /metrics", "400 Bad Request")]
    [InlineData("\u0016\u0003\u0001 a client that speaks TLS", "400 Bad Request")]
    [InlineData("GET /metrics HTTP/1.1\r\nHost : x", "400 Bad Request")]
    public async Task A_request_gets_its_answer(string head, string status)
    {
        PrometheusConnector connector = await StartAsync();

        string answer = await AskAsync(connector, head + "\r\nConnection: close\r\n\r\n");

        Assert.StartsWith($"HTTP/1.1 {status}\r\n", answer, StringComparison.Ordinal);
        Assert.Equal(head.StartsWith("HEAD", StringComparison.Ordinal), answer.EndsWith("\r\n\r\n", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_head_without_an_end_is_refused()
    {
        PrometheusConnector connector = await StartAsync();

        string answer = await AskAsync(connector, "GET /metrics HTTP/1.1\r\nX: " + new string('x', 16 << 10));

        Assert.StartsWith("HTTP/1.1 400 ", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Several_requests_come_on_one_connection_also_in_one_piece()
    {
        PrometheusConnector connector = await StartAsync();
        const string One = "HEAD /metrics HTTP/1.1\r\nHost: x\r\n\r\n";

        string answer = await AskAsync(connector, One + One + "GET /other HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");

        Assert.Equal(
            ["HTTP/1.1 200 OK", "HTTP/1.1 200 OK", "HTTP/1.1 404 Not Found"],
            answer.Split("\r\n").Where(line => line.StartsWith("HTTP/", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_request_with_a_body_ends_the_connection()
    {
        PrometheusConnector connector = await StartAsync();

        string answer = await AskAsync(connector, "GET /metrics HTTP/1.1\r\nHost: x\r\nContent-Length: 34\r\n\r\nGET /smuggled HTTP/1.1\r\nHost: x\r\n\r\n");

        Assert.Equal(1, answer.Split("HTTP/1.1 ").Length - 1);
    }

    [Theory]
    [InlineData("gzip", true)]
    [InlineData("deflate, gzip;q=0.5", true)]
    [InlineData("gzip;q=0", false)]
    [InlineData("identity", false)]
    public async Task The_answer_is_compressed_for_those_who_take_it(string encodings, bool compressed)
    {
        PrometheusConnector connector = await StartAsync();
        await connector.SendAsync(Batch(PrometheusEvents.Parse), Cancelled);
        using var request = new HttpRequestMessage(HttpMethod.Get, AddressOf(connector));
        request.Headers.TryAddWithoutValidation("Accept-Encoding", encodings);

        using HttpResponseMessage response = await Context.Http.SendAsync(request, Cancelled);

        Stream body = await response.Content.ReadAsStreamAsync(Cancelled);
        Assert.Equal(compressed ? ["gzip"] : [], response.Content.Headers.ContentEncoding);
        using var reader = new StreamReader(compressed ? new GZipStream(body, CompressionMode.Decompress) : body);
        Assert.Contains("copybook_audit_events_total{", await reader.ReadToEndAsync(Cancelled), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, 401)]
    [InlineData("Bearer wrong", 401)]
    [InlineData("Basic t0ken", 401)]
    [InlineData("Bearer t0ken", 200)]
    [InlineData("bearer t0ken", 200)]
    public async Task With_a_token_only_its_bearer_reads(string? authorization, int status)
    {
        PrometheusConnector connector = await StartAsync(endpoint: ",\"bearer_token\":\"t0ken\"");
        using var request = new HttpRequestMessage(HttpMethod.Get, AddressOf(connector));
        if (authorization is not null)
            request.Headers.TryAddWithoutValidation("Authorization", authorization);

        using HttpResponseMessage response = await Context.Http.SendAsync(request, Cancelled);

        Assert.Equal(status, (int)response.StatusCode);
    }

    [Fact]
    public async Task It_listens_on_loopback_alone_unless_told_otherwise()
    {
        PrometheusConnector loopback = await StartAsync();
        PrometheusConnector everywhere = await StartAsync(endpoint: ",\"address\":\"0.0.0.0\"");

        Assert.Equal(IPAddress.Loopback, loopback.EndPoint!.Address);
        Assert.Equal(IPAddress.Any, everywhere.EndPoint!.Address);
        Assert.Contains("bearer_token", Assert.Single(Context.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_port_in_use_is_named_and_taken_once_it_is_free()
    {
        var time = new ManualTime();
        using var context = new TestPluginContext(time: time);
        PrometheusConnector first = await StartAsync();
        int port = first.EndPoint!.Port;
        PrometheusConnector second = Create($$$"""{"http_endpoint":{"port":{{{port}}}}}""", context);

        await second.StartAsync(Cancelled);
        string warning = Assert.Single(context.Warnings);
        Assert.False(second.Listening.IsCompleted);

        // The server ends this connection, which lingers in the kernel as one that was closed here.
        await ScrapeAsync(first);
        await first.DisposeAsync();
        time.Advance(TimeSpan.FromSeconds(1));
        await second.Listening.WaitAsync(Cancelled);

        Assert.StartsWith($"http_endpoint: 127.0.0.1:{port} is in use. Stop what listens there, or choose another port", warning, StringComparison.Ordinal);
        Assert.Contains("audit_trail_integrity", await ScrapeAsync(second), StringComparison.Ordinal);
        await second.DisposeAsync();
    }

    [Fact]
    public async Task Events_wait_for_a_port_in_use_and_count_once()
    {
        PrometheusConnector first = await StartAsync();
        PrometheusConnector second = Create($$$"""{"http_endpoint":{"port":{{{first.EndPoint!.Port}}}}}""");
        await second.StartAsync(Cancelled);
        EventBatch batch = Batch(PrometheusEvents.Parse);

        IOException exception = await Assert.ThrowsAsync<IOException>(async () => await second.SendAsync(batch, Cancelled));
        await ScrapeAsync(first);
        await first.DisposeAsync();
        DeliveryResult result = await second.SendAsync(batch, Cancelled);

        Assert.Contains("is in use", exception.Message, StringComparison.Ordinal);
        Assert.True(result.IsDelivered);
        Assert.Equal("1", SeriesOf(await ScrapeAsync(second))["""copybook_audit_events_total{event_type="CopybookParse",severity="Low"}"""]);
    }

    [Fact]
    public async Task A_test_beside_a_running_site_finds_nothing_wrong_with_it()
    {
        PrometheusConnector running = await StartAsync();
        PrometheusConnector test = Create($$$"""{"http_endpoint":{"port":{{{running.EndPoint!.Port}}}}}""");

        await test.StartAsync(Cancelled);
        await test.ProbeAsync(Cancelled);

        Assert.True((await test.SendAsync(TestEventBatch(), Cancelled)).IsDelivered);
    }

    [Fact]
    public async Task A_stop_ends_the_wait_for_a_port()
    {
        PrometheusConnector running = await StartAsync();
        PrometheusConnector waiting = Create($$$"""{"http_endpoint":{"port":{{{running.EndPoint!.Port}}}}}""");
        await waiting.StartAsync(Cancelled);

        await waiting.DisposeAsync();
        await running.DisposeAsync();

        Assert.Null(waiting.EndPoint);
    }

    [Fact]
    public async Task An_address_of_another_machine_is_named()
    {
        IOException exception = await Assert.ThrowsAsync<IOException>(() => StartAsync(endpoint: ",\"address\":\"192.0.2.1\""));

        Assert.Contains("192.0.2.1:0 is no address of this machine", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Callers_that_say_nothing_do_not_hold_up_a_stop()
    {
        PrometheusConnector connector = await StartAsync();
        using var silent = new TcpClient();
        await silent.ConnectAsync(connector.EndPoint!, Cancelled);
        await AskAsync(connector, "GET /metrics HTTP/1.0\r\n\r\n");

        await connector.DisposeAsync();

        Assert.Equal(0, await silent.GetStream().ReadAsync(new byte[1], Cancelled));
        await Assert.ThrowsAsync<IOException>(async () => await connector.ProbeAsync(Cancelled));
    }

    [Fact]
    public async Task Scrapes_beside_counting_see_whole_figures()
    {
        PrometheusConnector connector = await StartAsync();
        EventBatch[] batches = [.. Enumerable.Range(0, 50).Select(_ => Batch([.. Enumerable.Repeat(PrometheusEvents.Transformation, 100)]))];

        Task counting = Task.Run(
            async () =>
            {
                foreach (EventBatch batch in batches)
                    await connector.SendAsync(batch, Cancelled);
            },
            Cancelled);
        while (!counting.IsCompleted)
            Check(SeriesOf(await ScrapeAsync(connector)));
        await counting;

        Assert.Equal("5000", Check(SeriesOf(await ScrapeAsync(connector))));

        static string Check(Dictionary<string, string> series)
        {
            string counted = series.GetValueOrDefault("""copybook_audit_events_total{event_type="DataTransformation",severity="Info"}""", "0");
            Assert.Equal(counted, series.GetValueOrDefault("""copybook_processing_duration_seconds_count{operation="Decode"}""", "0"));
            return counted;
        }
    }

    /// <summary>Sends bytes on a connection of its own and reads until the other side has ended it.</summary>
    private static async Task<string> AskAsync(PrometheusConnector connector, string request)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(connector.EndPoint!, Cancelled);
        await client.GetStream().WriteAsync(Encoding.Latin1.GetBytes(request), Cancelled);
        using var reader = new StreamReader(client.GetStream(), Encoding.Latin1);
        return await reader.ReadToEndAsync(Cancelled);
    }
}
