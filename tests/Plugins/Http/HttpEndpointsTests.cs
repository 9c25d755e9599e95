using AuditHost.Fakes;
using AuditHost.PluginKit.Http;
using AuditHost.Plugins.Tests.Files;
using AuditHost.Sdk.Testing;

namespace AuditHost.Plugins.Tests.Http;

/// <summary>Several endpoints of one destination, with real servers that fail.</summary>
public sealed class HttpEndpointsTests : IAsyncDisposable
{
    private readonly ManualClock _clock = new(new DateTimeOffset(2026, 11, 23, 20, 0, 0, TimeSpan.Zero));
    private readonly TestPluginContext _context = new();
    private readonly List<EchoServer> _servers = [];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_first_endpoint_gets_everything_while_it_works()
    {
        HttpEndpoints endpoints = await StartAsync(2, EndpointBalancing.Failover);

        for (int i = 0; i < 4; i++)
            Assert.Equal(200, await SendAsync(endpoints));

        Assert.Equal([4, 0], _servers.Select(server => server.RequestCount));
    }

    [Fact]
    public async Task Endpoints_take_turns_where_asked_to()
    {
        HttpEndpoints endpoints = await StartAsync(3, EndpointBalancing.RoundRobin);

        for (int i = 0; i < 6; i++)
            Assert.Equal(200, await SendAsync(endpoints));

        Assert.Equal([2, 2, 2], _servers.Select(server => server.RequestCount));
    }

    [Theory]
    [InlineData(408, true)]
    [InlineData(421, true)]
    [InlineData(429, true)]
    [InlineData(500, true)]
    [InlineData(502, true)]
    [InlineData(503, true)]
    [InlineData(504, true)]
    [InlineData(400, false)]
    [InlineData(401, false)]
    [InlineData(404, false)]
    [InlineData(413, false)]
    [InlineData(501, false)]
    public async Task An_endpoint_is_left_for_what_another_could_answer_better(int status, bool isLeft)
    {
        HttpEndpoints endpoints = await StartAsync(2, EndpointBalancing.Failover);
        _servers[0].FailNext(new FakeAnswer(status));

        Assert.Equal(status, await SendAsync(endpoints));
        Assert.Equal(200, await SendAsync(endpoints));

        Assert.Equal(isLeft ? [1, 1] : [2, 0], _servers.Select(server => server.RequestCount));
    }

    [Fact]
    public async Task Sends_that_fail_side_by_side_are_one_failure()
    {
        HttpEndpoints endpoints = await StartAsync(2, EndpointBalancing.Failover);
        Uri first = endpoints.Choose();
        _servers[0].FailNext(new FakeAnswer(503), times: 8);
        for (int i = 0; i < 8; i++)
        {
            using var request = new HttpRequestMessage { Method = HttpMethod.Post };
            using HttpResponseMessage response = await endpoints.SendAsync(_context.Http, first, request, Cancellation);
        }

        _clock.Advance(TimeSpan.FromSeconds(5));

        Assert.Equal(first, endpoints.Choose());
    }

    [Fact]
    public async Task An_endpoint_that_is_away_is_left()
    {
        HttpEndpoints endpoints = await StartAsync(2, EndpointBalancing.Failover);
        await _servers[0].DisposeAsync();

        await Assert.ThrowsAsync<HttpRequestException>(() => SendAsync(endpoints));

        Assert.Equal(200, await SendAsync(endpoints));
    }

    [Fact]
    public async Task Rested_endpoint_is_tried_again_and_rests_longer_when_it_fails_again()
    {
        HttpEndpoints endpoints = await StartAsync(2, EndpointBalancing.Failover);
        _servers[0].FailNext(new FakeAnswer(503), times: 2);
        await SendAsync(endpoints);

        _clock.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal(503, await SendAsync(endpoints));
        _clock.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal(200, await SendAsync(endpoints));
        Assert.Equal([2, 1], _servers.Select(server => server.RequestCount));

        _clock.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal(200, await SendAsync(endpoints));
        Assert.Equal([3, 1], _servers.Select(server => server.RequestCount));
    }

    [Fact]
    public async Task Asked_for_rest_is_kept_by_going_elsewhere()
    {
        HttpEndpoints endpoints = await StartAsync(2, EndpointBalancing.Failover);
        _servers[0].FailNext(new FakeAnswer(429).With("Retry-After", "90"));

        using (HttpResponseMessage response = await AnswerAsync(endpoints))
            Assert.Null(RetryAfter.Of(response, _clock));
        _clock.Advance(TimeSpan.FromSeconds(89));
        await SendAsync(endpoints);
        _clock.Advance(TimeSpan.FromSeconds(1));
        await SendAsync(endpoints);

        Assert.Equal([2, 1], _servers.Select(server => server.RequestCount));
    }

    [Fact]
    public async Task Where_there_is_no_elsewhere_the_wish_to_wait_is_passed_on()
    {
        HttpEndpoints endpoints = await StartAsync(2, EndpointBalancing.Failover);
        _servers[1].FailNext(new FakeAnswer(429).With("Retry-After", "30"));
        _servers[0].FailNext(new FakeAnswer(429).With("Retry-After", "60"));

        await SendAsync(endpoints);
        using HttpResponseMessage response = await AnswerAsync(endpoints);

        Assert.Equal(TimeSpan.FromSeconds(30), RetryAfter.Of(response, _clock));
    }

    [Fact]
    public async Task Where_all_rest_the_one_that_is_ready_first_is_tried()
    {
        HttpEndpoints endpoints = await StartAsync(2, EndpointBalancing.Failover);
        _servers[0].FailNext(new FakeAnswer(503).With("Retry-After", "60"));
        _servers[1].FailNext(new FakeAnswer(503).With("Retry-After", "30"));
        await SendAsync(endpoints);
        await SendAsync(endpoints);

        Assert.Equal(200, await SendAsync(endpoints));

        Assert.Equal([1, 2], _servers.Select(server => server.RequestCount));
    }

    [Fact]
    public async Task One_endpoint_that_answers_is_enough_for_a_probe()
    {
        HttpEndpoints endpoints = await StartAsync(2, EndpointBalancing.Failover);
        await _servers[0].DisposeAsync();

        await endpoints.ProbeAsync(endpoint => HttpProbe.CheckAsync(_context.Http, endpoint, Cancellation));
        await _servers[1].DisposeAsync();

        await Assert.ThrowsAsync<HttpRequestException>(
            async () => await endpoints.ProbeAsync(endpoint => HttpProbe.CheckAsync(_context.Http, endpoint, Cancellation)));
    }

    public async ValueTask DisposeAsync()
    {
        _context.Dispose();
        foreach (EchoServer server in _servers)
            await server.DisposeAsync();
    }

    private async Task<HttpEndpoints> StartAsync(int count, EndpointBalancing balancing)
    {
        for (int i = 0; i < count; i++)
        {
            _servers.Add(new EchoServer());
            await _servers[i].StartAsync(Cancellation);
        }

        return HttpEndpoints.Parse("endpoint", new EndpointList([.. _servers.Select(server => server.Address.ToString())]), balancing, _clock);
    }

    private async Task<int> SendAsync(HttpEndpoints endpoints)
    {
        using HttpResponseMessage response = await AnswerAsync(endpoints);
        return (int)response.StatusCode;
    }

    private async Task<HttpResponseMessage> AnswerAsync(HttpEndpoints endpoints)
    {
        using var request = new HttpRequestMessage { Method = HttpMethod.Post };
        return await endpoints.SendAsync(_context.Http, request, Cancellation);
    }
}
