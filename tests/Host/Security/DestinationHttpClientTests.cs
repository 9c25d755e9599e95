using System.Collections.Concurrent;
using System.IO.Compression;
using System.Net;
using System.Text;
using AuditHost.Configuration.Options;
using AuditHost.Sdk;
using AuditHost.Security;
using Microsoft.AspNetCore.Http;

namespace AuditHost.Tests.Security;

public sealed class DestinationHttpClientTests
{
    public static TheoryData<int, bool> Redirects { get; } = new(
        from status in (int[])[301, 302, 303, 307, 308]
        from sameOrigin in (bool[])[true, false]
        select (status, sameOrigin));

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Redirects))]
    public async Task A_redirect_is_handed_back_and_nothing_reaches_its_target(int status, bool sameOrigin)
    {
        int followed = 0;
        await using LoopbackServer other = await LoopbackServer.StartAsync(_ =>
        {
            Interlocked.Increment(ref followed);
            return Task.CompletedTask;
        });
        string target = sameOrigin ? "/elsewhere" : other.NamedAddress.ToString();
        await using LoopbackServer server = await LoopbackServer.StartAsync(context =>
        {
            if (context.Request.Path == "/elsewhere")
                Interlocked.Increment(ref followed);
            context.Response.StatusCode = status;
            context.Response.Headers.Location = target;
            return Task.CompletedTask;
        });
        using DestinationContext destination = TestDestination.Context(
            TestDestination.Options(authentication: new AuthenticationOptions.ApiKey("X-API-Key", "canary")));

        using HttpResponseMessage response = await destination.Http.PostAsync(server.Address, new StringContent("event"), Cancellation);

        Assert.Equal(status, (int)response.StatusCode);
        Assert.Equal(0, followed);
    }

    [Fact]
    public async Task Cookies_are_not_kept()
    {
        var cookies = new ConcurrentQueue<string>();
        await using LoopbackServer server = await LoopbackServer.StartAsync(context =>
        {
            cookies.Enqueue(context.Request.Headers.Cookie.ToString());
            context.Response.Headers.SetCookie = "session=1";
            return Task.CompletedTask;
        });
        using DestinationContext destination = TestDestination.Context(TestDestination.Options());

        await destination.Http.GetStringAsync(server.Address, Cancellation);
        await destination.Http.GetStringAsync(server.Address, Cancellation);

        Assert.Equal(["", ""], cookies);
    }

    [Fact]
    public async Task A_compressed_answer_is_not_unpacked()
    {
        await using LoopbackServer server = await LoopbackServer.StartAsync(async context =>
        {
            context.Response.Headers.ContentEncoding = "gzip";
            await using var gzip = new GZipStream(context.Response.Body, CompressionLevel.Optimal);
            await gzip.WriteAsync(new byte[512 * 1024], context.RequestAborted);
        });
        using DestinationContext destination = TestDestination.Context(TestDestination.Options());

        byte[] body = await destination.Http.GetByteArrayAsync(server.Address, Cancellation);

        Assert.InRange(body.Length, 1, 8 * 1024);
    }

    [Fact]
    public async Task An_answer_without_end_is_cut_off()
    {
        await using LoopbackServer server = await LoopbackServer.StartAsync(async context =>
        {
            byte[] block = new byte[16 * 1024];
            while (!context.RequestAborted.IsCancellationRequested)
                await context.Response.Body.WriteAsync(block, context.RequestAborted);
        });
        using DestinationContext destination = TestDestination.Context(TestDestination.Options());

        await Assert.ThrowsAsync<HttpRequestException>(() => destination.Http.GetByteArrayAsync(server.Address, Cancellation));
    }

    [Fact]
    public async Task A_hundred_thousand_headers_are_cut_off()
    {
        await using var server = new RawServer(async (stream, token) =>
        {
            Assert.NotEqual(0, await stream.ReadAsync(new byte[4096], token));
            await stream.WriteAsync("HTTP/1.1 200 OK\r\n"u8.ToArray(), token);
            byte[] header = Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat("X-Header: value\r\n", 1000)));
            for (int i = 0; i < 100; i++)
                await stream.WriteAsync(header, token);
            await stream.WriteAsync("Content-Length: 0\r\n\r\n"u8.ToArray(), token);
        });
        using DestinationContext destination = TestDestination.Context(TestDestination.Options());

        HttpRequestException exception = await Assert.ThrowsAsync<HttpRequestException>(
            () => destination.Http.GetAsync($"http://127.0.0.1:{server.Port}/", Cancellation));

        Assert.Equal(HttpRequestError.ConfigurationLimitExceeded, exception.HttpRequestError);
        Assert.Contains($"127.0.0.1:{server.Port}", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task No_more_connections_are_open_than_the_pool_allows()
    {
        var connections = new ConcurrentDictionary<string, bool>();
        await using LoopbackServer server = await LoopbackServer.StartAsync(async context =>
        {
            connections[context.Connection.Id] = true;
            await context.Response.WriteAsync("ok", context.RequestAborted);
        });
        using DestinationContext destination = TestDestination.Context(TestDestination.Options(pool: new ConnectionPoolOptions { MaxConnections = 2 }));
        Uri address = server.Address;

        await Task.WhenAll(Enumerable.Range(0, 40).Select(_ => destination.Http.GetStringAsync(address, Cancellation)));

        Assert.InRange(connections.Count, 1, 2);
    }

    [Fact]
    public async Task A_refused_connection_names_the_host_and_leaves_path_and_query_out()
    {
        int port;
        await using (RawServer closed = RawServer.Silent())
            port = closed.Port;
        using DestinationContext destination = TestDestination.Context(TestDestination.Options());

        HttpRequestException exception = await Assert.ThrowsAsync<HttpRequestException>(
            () => destination.Http.GetAsync($"http://127.0.0.1:{port}/canary?key=canary", Cancellation));

        Assert.StartsWith($"127.0.0.1:{port} (127.0.0.1) cannot be reached: Connection refused", exception.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("canary", exception.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_handshake_that_never_ends_is_a_failed_connection_and_not_a_cancellation()
    {
        await using RawServer server = RawServer.Silent();
        using DestinationContext destination = TestDestination.Context(
            TestDestination.Options(pool: new ConnectionPoolOptions { ConnectTimeout = TimeSpan.FromMilliseconds(50) }));

        HttpRequestException exception = await Assert.ThrowsAsync<HttpRequestException>(
            () => destination.Http.GetAsync($"https://127.0.0.1:{server.Port}/", Cancellation));

        Assert.Equal(HttpRequestError.ConnectionError, exception.HttpRequestError);
        Assert.Contains($"127.0.0.1:{server.Port}", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Cancelling_a_request_is_a_cancellation()
    {
        var arrived = new TaskCompletionSource();
        await using LoopbackServer server = await LoopbackServer.StartAsync(async context =>
        {
            arrived.SetResult();
            await Task.Delay(Timeout.Infinite, context.RequestAborted);
        });
        using DestinationContext destination = TestDestination.Context(TestDestination.Options());
        using var cancellation = new CancellationTokenSource();
        Task<HttpResponseMessage> sending = destination.Http.GetAsync(server.Address, cancellation.Token);
        await arrived.Task.WaitAsync(TimeSpan.FromSeconds(30), Cancellation);

        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sending);
    }

    [Fact]
    public async Task A_link_local_endpoint_that_the_settings_do_not_name_is_refused()
    {
        using DestinationContext destination = TestDestination.Context(TestDestination.Options(settings: """{"endpoint":"http://collector.example/"}"""));

        HttpRequestException exception = await Assert.ThrowsAsync<HttpRequestException>(
            () => destination.Http.GetAsync("http://169.254.169.254/latest/meta-data/", Cancellation));

        Assert.Contains("link-local", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_proxy_is_used_with_its_credentials_and_refuses_link_local_targets()
    {
        var seen = new TaskCompletionSource<string>();
        await using var proxy = new RawServer(async (stream, token) =>
        {
            byte[] buffer = new byte[4096];
            int length = await stream.ReadAsync(buffer, token);
            string head = Encoding.ASCII.GetString(buffer, 0, length);
            bool authorized = head.Contains("Proxy-Authorization: Basic " + Convert.ToBase64String("user:pa ss"u8), StringComparison.Ordinal);
            await stream.WriteAsync(
                authorized
                    ? "HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"u8.ToArray()
                    : "HTTP/1.1 407 No\r\nProxy-Authenticate: Basic realm=\"p\"\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"u8.ToArray(),
                token);
            if (authorized)
                seen.TrySetResult(head);
        });
        using DestinationContext destination = TestDestination.Context(
            TestDestination.Options(proxy: new Uri($"http://user:pa%20ss@127.0.0.1:{proxy.Port}")));

        using HttpResponseMessage response = await destination.Http.GetAsync("http://collector.example/in", Cancellation);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.StartsWith("GET http://collector.example/in HTTP/1.1", await seen.Task.WaitAsync(TimeSpan.FromSeconds(30), Cancellation), StringComparison.Ordinal);
        await Assert.ThrowsAsync<HttpRequestException>(() => destination.Http.GetAsync("http://169.254.169.254/", Cancellation));
    }

    [Fact]
    public void A_proxy_of_another_kind_is_an_error_without_its_credentials()
    {
        using DestinationContext destination = TestDestination.Context(TestDestination.Options(proxy: new Uri("ftp://user:canary@proxy.example")));

        SettingsException exception = Assert.Throws<SettingsException>(() => destination.Http);

        Assert.Equal("proxy", exception.Setting);
        Assert.DoesNotContain("canary", exception.ToString(), StringComparison.Ordinal);
    }
}
