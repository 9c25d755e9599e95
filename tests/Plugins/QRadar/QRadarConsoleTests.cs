using System.Net;
using System.Net.Sockets;
using System.Text;
using AuditHost.Connectors.QRadar;
using AuditHost.Fakes;
using AuditHost.Fakes.QRadar;
using AuditHost.Sdk;
using AuditHost.Sdk.Testing;

namespace AuditHost.Plugins.Tests.QRadar;

public sealed class QRadarConsoleTests : IDisposable
{
    private readonly TestPluginContext _context = new();
    private readonly TcpListener _collector = new(IPAddress.Loopback, 0);

    public QRadarConsoleTests() => _collector.Start();

    private static CancellationToken Cancelled => Xunit.TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _collector.Dispose();
        _context.Dispose();
    }

    [Fact]
    public async Task Probe_asks_the_console_for_itself_and_the_log_source_and_sends_nothing()
    {
        await using FakeConsole console = await StartAsync(new FakeConsole());
        await using IConnector connector = Create(console, ""","api_version":"26.0","log_source_id":12345""");

        await connector.ProbeAsync(Cancelled);

        Assert.Equal(
            ["/api/system/about", "/api/config/event_sources/log_source_management/log_sources/12345"], console.Requests.Select(request => request.Path));
        Assert.All(console.Requests, request => Assert.Equal(
            ("GET", FakeConsole.Token, "26.0", "application/json"),
            (request.Method, request.Header("SEC"), request.Header("Version"), request.Header("Accept"))));
        Assert.Empty(console.Violations);
        using TcpClient peer = await _collector.AcceptTcpClientAsync(Cancelled);
        Assert.Equal(0, await peer.GetStream().ReadAsync(new byte[1], Cancelled));
    }

    [Fact]
    public async Task Without_a_version_none_is_sent_and_without_a_token_nothing_is_asked()
    {
        await using FakeConsole console = await StartAsync(new FakeConsole());
        await using IConnector connector = Create(console, string.Empty);
        await using IConnector silent = Create($$"""{"mode":"tcp","server":"{{_collector.LocalEndpoint}}","api_endpoint":"{{console.Address}}"}""");

        await connector.ProbeAsync(Cancelled);
        await silent.ProbeAsync(Cancelled);

        Assert.Equal(string.Empty, Assert.Single(console.Requests).Header("Version"));
    }

    [Theory]
    [InlineData(400)]
    [InlineData(404)]
    [InlineData(406)]
    [InlineData(410)]
    [InlineData(422)]
    public async Task Version_that_the_console_no_longer_has_is_given_up_and_said_once(int status)
    {
        await using FakeConsole console = await StartAsync(new FakeConsole { RefusedVersionStatus = status });
        await using IConnector connector = Create(console, ""","api_version":"11.0","log_source_id":12345""");
        int before = _context.Warnings.Count();

        await connector.ProbeAsync(Cancelled);
        await connector.ProbeAsync(Cancelled);

        Assert.Equal(["11.0", "", "", "", ""], console.Requests.Select(request => request.Header("Version")));
        string warning = Assert.Single(_context.Warnings.Skip(before));
        Assert.Contains("11.0", warning, StringComparison.Ordinal);
        Assert.Contains("api_version", warning, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(401, "api_token")]
    [InlineData(403, "role")]
    [InlineData(404, "HTTP 404")]
    [InlineData(409, "HTTP 409")]
    [InlineData(422, "HTTP 422")]
    [InlineData(429, "HTTP 429")]
    [InlineData(301, "redirect")]
    [InlineData(500, "HTTP 500")]
    [InlineData(503, "HTTP 503")]
    public async Task Answer_that_is_no_yes_fails_the_probe_and_says_why(int status, string said)
    {
        await using FakeConsole console = await StartAsync(new FakeConsole());
        await using IConnector connector = Create(console, string.Empty);
        console.FailNext(new FakeAnswer(status, "{}"));

        HttpRequestException exception = await Assert.ThrowsAsync<HttpRequestException>(async () => await connector.ProbeAsync(Cancelled));

        Assert.Contains(said, exception.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(FakeConsole.Token, exception.ToString(), StringComparison.Ordinal);
        Assert.Equal(1, console.RequestCount);
    }

    [Theory]
    [InlineData("<html>login</html>")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("")]
    public async Task Something_else_that_answers_200_is_no_console(string body)
    {
        await using FakeConsole console = await StartAsync(new FakeConsole());
        await using IConnector connector = Create(console, string.Empty);
        console.FailNext(new FakeAnswer(200, body));

        HttpRequestException exception = await Assert.ThrowsAsync<HttpRequestException>(async () => await connector.ProbeAsync(Cancelled));

        Assert.Contains("not a console of QRadar", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(999, true, "no log source 999")]
    [InlineData(7, true, "disabled")]
    [InlineData(12345, false, "role")]
    public async Task Log_source_that_takes_nothing_fails_the_probe(int id, bool maySee, string said)
    {
        await using FakeConsole console = await StartAsync(new FakeConsole { MaySeeLogSources = maySee, Sources = new Dictionary<int, bool> { [7] = false, [12345] = true } });
        await using IConnector connector = Create(console, $",\"log_source_id\":{id}");

        HttpRequestException exception = await Assert.ThrowsAsync<HttpRequestException>(async () => await connector.ProbeAsync(Cancelled));

        Assert.Contains(said, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Console_that_refuses_the_token_does_not_hold_up_events()
    {
        await using FakeConsole console = await StartAsync(new FakeConsole());
        await using IConnector connector = Create(
            $$"""{"mode":"tcp","server":"{{_collector.LocalEndpoint}}","api_endpoint":"{{console.Address}}","api_token":"expired"}""");

        await Assert.ThrowsAsync<HttpRequestException>(async () => await connector.ProbeAsync(Cancelled));
        DeliveryResult result = await connector.SendAsync(TestBatch.OfPayloads("LEEF:1.0|a|b|c|d|e=f"), Cancelled);

        Assert.True(result.IsDelivered);
    }

    [Theory]
    [InlineData("POST", "/api/siem/events", 405)]
    [InlineData("POST", "/events", 404)]
    [InlineData("GET", "/api/events", 404)]
    public async Task The_fake_has_no_intake_of_events(string method, string path, int status)
    {
        await using FakeConsole console = await StartAsync(new FakeConsole());
        using var client = new HttpClient();
        using var request = new HttpRequestMessage(new HttpMethod(method), new Uri(console.Address, path));
        request.Headers.Add("SEC", FakeConsole.Token);
        request.Headers.Add("Accept", "application/json");

        Assert.Equal(status, (int)(await client.SendAsync(request, Cancelled)).StatusCode);
        Assert.Single(console.Violations);
    }

    private static async Task<FakeConsole> StartAsync(FakeConsole console)
    {
        await console.StartAsync(Cancelled);
        return console;
    }

    private IConnector Create(FakeConsole console, string further) =>
        Create($$"""{"mode":"tcp","server":"{{_collector.LocalEndpoint}}","api_endpoint":"{{console.Address}}","api_token":"{{FakeConsole.Token}}"{{further}}}""");

    private IConnector Create(string settings) => new QRadarFactory().Create(Encoding.UTF8.GetBytes(settings), _context);
}
