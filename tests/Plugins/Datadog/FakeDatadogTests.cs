using System.IO.Compression;
using System.Net;
using System.Text;
using AuditHost.Fakes.Datadog;

namespace AuditHost.Plugins.Tests.Datadog;

/// <summary>That the fake is as strict as it says.</summary>
public sealed class FakeDatadogTests : DatadogTest
{
    private static readonly HttpClient Client = new();

    [Theory]
    [InlineData("""{"series":[]}""", 400)]
    [InlineData("""{"series":[{"metric":"a","type":"count","points":[],"resources":[]}]}""", 400)]
    [InlineData("""{"series":[{"metric":"a","type":4,"points":[],"resources":[]}]}""", 400)]
    [InlineData("""{"series":[{"metric":"1a","type":3,"points":[],"resources":[]}]}""", 400)]
    [InlineData("""{"series":[{"metric":"a-b","type":3,"points":[],"resources":[]}]}""", 400)]
    [InlineData("""{"series":[{"metric":"a","type":3,"points":[[1795464000,1]],"resources":[]}]}""", 400)]
    [InlineData("""{"series":[{"metric":"a","type":3,"points":[{"timestamp":1795464000,"value":"1"}],"resources":[]}]}""", 400)]
    [InlineData("""{"series":[{"metric":"a","type":3,"host":"h","points":[],"resources":[]}]}""", 400)]
    [InlineData("""{"series":[{"metric":"a","type":1,"points":[{"timestamp":1795464000,"value":1}],"resources":[]}]}""", 202)]
    [InlineData("""{"series":[{"metric":"a","type":3,"points":[{"timestamp":1795460300,"value":1}],"resources":[]}]}""", 202)]
    [InlineData("""{"series":[{"metric":"a","type":3,"points":[{"timestamp":1795464700,"value":1}],"resources":[]}]}""", 202)]
    [InlineData("""{"series":[{"metric":"a","type":3,"points":[{"timestamp":1795464000,"value":1}],"resources":[],"tags":["User:x"]}]}""", 202)]
    [InlineData("""{"series":[{"metric":"a","type":3,"points":[{"timestamp":1795464000,"value":1},{"timestamp":1795464000,"value":1}],"resources":[]}]}""", 202)]
    public async Task Bad_series_are_noted(string body, int status) => await ExpectViolationAsync(FakeDatadog.SeriesPath, body, status);

    [Theory]
    [InlineData("{}", 400)]
    [InlineData("[]", 400)]
    [InlineData("""[{"ddsource":"a"}]""", 400)]
    [InlineData("""[{"message":"m","service":"s","hostname":"h"}]""", 202)]
    [InlineData("""[{"message":"m","ddsource":"a","service":"s","hostname":"h","timestamp":1795399100000}]""", 202)]
    [InlineData("""[{"message":"m","ddsource":"a","service":"s","hostname":"h","timestamp":1795471300000}]""", 202)]
    [InlineData("""[{"message":"{\"timestamp\":\"2026-11-20T00:00:00Z\"}","ddsource":"a","service":"s","hostname":"h"}]""", 202)]
    [InlineData("""[{"message":"m","ddsource":"a","service":"s","hostname":"h","ddtags":"env:Prod"}]""", 202)]
    public async Task Bad_logs_are_noted(string body, int status)
    {
        await ExpectViolationAsync(FakeDatadog.LogsPath, body, status);
    }

    [Fact]
    public async Task A_thousand_and_one_logs_are_too_many()
    {
        string entries = string.Join(',', Enumerable.Repeat("""{"message":"m","ddsource":"a","service":"s","hostname":"h"}""", 1001));

        await ExpectViolationAsync(FakeDatadog.LogsPath, $"[{entries}]", 413);
    }

    [Fact]
    public async Task A_log_of_more_than_a_megabyte_is_cut() =>
        await ExpectViolationAsync(FakeDatadog.LogsPath, $$"""[{"message":"{{new string('m', 1_000_001)}}","ddsource":"a","service":"s","hostname":"h"}]""", 202);

    [Fact]
    public async Task Series_have_a_limit_as_they_are_sent_and_one_uncompressed()
    {
        await ExpectViolationAsync(FakeDatadog.SeriesPath, new string(' ', 512_001), 413);
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
            gzip.Write(new byte[5_242_881]);
        using var content = new ByteArrayContent(packed.ToArray());
        content.Headers.ContentEncoding.Add("gzip");

        await ExpectViolationAsync(FakeDatadog.SeriesPath, content, "application/json", 413, violations: 2);
    }

    [Theory]
    [InlineData("""{"title":"","text":"t","alert_type":"info","priority":"low"}""")]
    [InlineData("""{"title":"t","text":"","alert_type":"info","priority":"low"}""")]
    [InlineData("""{"title":"t","text":"t","alert_type":"high","priority":"low"}""")]
    [InlineData("""{"title":"t","text":"t","alert_type":"info","priority":"low","message":"m"}""")]
    public async Task Bad_events_are_refused(string body) => await ExpectViolationAsync(FakeDatadog.EventsPath, body, 400);

    [Theory]
    [InlineData("""{"series":[{"metric":"a","points":[[1795464000,1]]}]}""", "text/json", 400)]
    [InlineData("""{"series":[{"metric":"a","points":[[1795464000,[]]]}]}""", "text/json", 400)]
    [InlineData("""{"series":[{"metric":"a","type":0,"points":[[1795464000,[1]]]}]}""", "text/json", 400)]
    [InlineData("""{"series":[{"metric":"a","points":[[1795464000,[1]]]}]}""", "text/plain", 415)]
    public async Task Bad_distributions_are_refused(string body, string type, int status)
    {
        using var content = new StringContent(body);
        await ExpectViolationAsync(FakeDatadog.DistributionsPath, content, type, status, violations: 1);
    }

    [Fact]
    public async Task Of_two_points_of_a_second_the_last_one_stays()
    {
        foreach (int value in new[] { 5, 3 })
            await SendAsync(FakeDatadog.SeriesPath, $$"""{"series":[{"metric":"a","type":1,"interval":1,"points":[{"timestamp":1795464000,"value":{{value}}}],"resources":[]}]}""");

        Assert.Equal(3, Fake.Metrics.Sum("a"));
        Assert.Single(Fake.Violations);
    }

    [Theory]
    [InlineData("a:1")]
    [InlineData("a|c")]
    [InlineData("a:x|c")]
    [InlineData("a:1|x")]
    [InlineData("a:1:2|c")]
    [InlineData("1a:1|c")]
    [InlineData("a:1|c|#Tag:X")]
    [InlineData("a:1|c|#tag:x|#tag:y")]
    [InlineData("a:1|c|\n")]
    [InlineData("a:1|c\n")]
    [InlineData("a:1|c|#tag:a b")]
    public void Bad_lines_are_none(string datagram) => Assert.Throws<FormatException>(() => StatsdParser.Read(Encoding.UTF8.GetBytes(datagram)));

    private async Task ExpectViolationAsync(string path, string body, int status)
    {
        using var content = new StringContent(body);
        await ExpectViolationAsync(path, content, "application/json", status, violations: 1);
    }

    private async Task ExpectViolationAsync(string path, HttpContent content, string type, int status, int violations)
    {
        Assert.Equal((HttpStatusCode)status, await SendAsync(path, content, type));
        Assert.Equal(violations, Fake.Violations.Count);
    }

    private async Task SendAsync(string path, string body)
    {
        using var content = new StringContent(body);
        await SendAsync(path, content, "application/json");
    }

    private async Task<HttpStatusCode> SendAsync(string path, HttpContent content, string type)
    {
        content.Headers.ContentType = new(type);
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(Fake.Address, path)) { Content = content };
        request.Headers.Add("DD-API-KEY", FakeDatadog.ApiKey);
        using HttpResponseMessage response = await Client.SendAsync(request, Cancellation);
        return response.StatusCode;
    }
}
