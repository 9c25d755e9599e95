using System.Net.Http.Headers;
using AuditHost.Fakes.Loki;
using static AuditHost.Plugins.Tests.Loki.LokiTests;

namespace AuditHost.Plugins.Tests.Loki;

/// <summary>Where the fake of Loki is strict.</summary>
public sealed class FakeLokiTests : IDisposable
{
    private readonly HttpClient _http = new();

    [Theory]
    [InlineData("""{"streams":[{"stream":{"a":"b"},"values":[[1795464000000000000,"x"]]}]}""", 400, 0)]
    [InlineData("""{"streams":[{"stream":{"a":"b"},"values":[["1795464000000000000","x",{"n":1}]]}]}""", 400, 0)]
    [InlineData("""{"streams":[{"stream":{"a":1},"values":[["1795464000000000000","x"]]}]}""", 400, 0)]
    [InlineData("""{"streams":[{"stream":{},"values":[["1795464000000000000","x"]]}]}""", 400, 0)]
    [InlineData("""{"streams":[{"stream":{"a-b":"c"},"values":[["1795464000000000000","x"]]}]}""", 400, 0)]
    [InlineData("""{"streams":[]}""", 422, 0)]
    [InlineData("""[]""", 400, 0)]
    [InlineData("""{"streams":[{"stream":{"a":"b"},"values":[["1795464000000000000","x"],["1795460000000000000","too far behind"],["1795464000000000000","y"]]}]}""", 400, 2)]
    [InlineData("""{"streams":[{"stream":{"a":"b"},"values":[["1794800000000000000","too old"],["1795464000000000000","y"]]}]}""", 400, 1)]
    [InlineData("""{"streams":[{"stream":{"a":"b"},"values":[["1795464601000000000","too new"],["1795464600000000000","y"]]}]}""", 400, 1)]
    [InlineData("""{"streams":[{"stream":{"a":"b"},"values":[["1795464000000000000","x",{"n":"1"}],["1795464000000000000","x"],["1795460400000000000","an hour behind"]]}]}""", 204, 2)]
    public async Task It_stores_what_is_good_and_refuses_what_is_not(string push, int status, int lines)
    {
        await using FakeLoki loki = await StartAsync();

        Assert.Equal(status, await PushAsync(loki, push));
        Assert.Equal(lines, loki.LineCount);
        Assert.Equal(status == 204 ? 0 : 1, loki.Violations.Count);
    }

    [Theory]
    [InlineData(15, 204)]
    [InlineData(16, 400)]
    public async Task It_counts_labels(int count, int status)
    {
        await using FakeLoki loki = await StartAsync();
        string labels = string.Join(',', Enumerable.Range(0, count).Select(number => $"\"l{number}\":\"v\""));

        Assert.Equal(status, await PushAsync(loki, $$$"""{"streams":[{"stream":{{{{labels}}}},"values":[["1795464000000000000","x"]]}]}"""));
    }

    [Theory]
    [InlineData(262_144, 204)]
    [InlineData(262_145, 400)]
    public async Task It_measures_lines(int length, int status)
    {
        await using FakeLoki loki = await StartAsync();

        Assert.Equal(status, await PushAsync(loki, $$$"""{"streams":[{"stream":{"a":"b"},"values":[["1795464000000000000","{{{new string('x', length)}}}"]]}]}"""));
    }

    [Theory]
    [InlineData("audit", 204)]
    [InlineData("other", 401)]
    [InlineData("", 401)]
    public async Task It_knows_its_tenants(string tenant, int status)
    {
        await using FakeLoki loki = await StartAsync();
        loki.Tenants = new HashSet<string> { "audit" };

        Assert.Equal(status, await PushAsync(loki, """{"streams":[{"stream":{"a":"b"},"values":[["1795464000000000000","x"]]}]}""", tenant));
    }

    [Fact]
    public async Task Under_load_lines_are_only_counted()
    {
        await using FakeLoki loki = await StartAsync();
        loki.Keeps = false;

        await PushAsync(loki, """{"streams":[{"stream":{"a":"b"},"values":[["1","x"],["2","y",{"m":"n"}]]},{"stream":{"a":"c"},"values":[["3","[z]"]]}]}""");

        Assert.Equal(3, loki.LineCount);
        Assert.Empty(loki.Lines);
    }

    public void Dispose() => _http.Dispose();

    private async Task<int> PushAsync(FakeLoki loki, string push, string tenant = "")
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(loki.Address, "/loki/api/v1/push"));
        request.Content = new StringContent(push, new MediaTypeHeaderValue("application/json"));
        if (tenant.Length > 0)
            request.Headers.Add("X-Scope-OrgID", tenant);
        using HttpResponseMessage response = await _http.SendAsync(request, Cancellation);
        return (int)response.StatusCode;
    }
}
