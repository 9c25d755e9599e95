using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using AuditHost.Fakes.Azure;
using AuditHost.Plugins.Tests.Files;
using static AuditHost.Plugins.Tests.Sentinel.SentinelTests;

namespace AuditHost.Plugins.Tests.Sentinel;

/// <summary>Where the fakes of Azure are strict.</summary>
public sealed class AzureFakeTests : IDisposable
{
    private static readonly DateTimeOffset Now = new(2026, 11, 23, 20, 0, 0, TimeSpan.Zero);

    private readonly HttpClient _http = new();

    [Theory]
    [InlineData("""{"TimeGenerated":"2026-11-23T20:00:00Z"}""", 204, "JSON that is no array")]
    [InlineData("""[{"TimeGenerated":"2026-11-23T20:00:00Z","Unknown":1}]""", 204, "a column Unknown, which the stream does not declare")]
    [InlineData("""[{"EventId":"e"}]""", 204, "a row without TimeGenerated")]
    [InlineData("[1]", 400, "a row that is no object")]
    [InlineData("[{", 400, "no JSON")]
    public async Task Ingestion_notes_what_Azure_drops_without_a_word(string body, int status, string violation)
    {
        await using FakeLogsIngestion fake = await StartAsync(new FakeLogsIngestion());

        Assert.Equal(status, (int)(await PostAsync(fake, body)).StatusCode);
        Assert.Equal([violation], fake.Violations);
        Assert.DoesNotContain(fake.Rows, row => row.TryGetProperty("Unknown", out _));
    }

    [Theory]
    [InlineData(FakeLogsIngestion.MaxBytes, 204)]
    [InlineData(FakeLogsIngestion.MaxBytes + 1, 413)]
    public async Task Ingestion_takes_a_megabyte(int length, int status)
    {
        await using FakeLogsIngestion fake = await StartAsync(new FakeLogsIngestion());

        Assert.Equal(status, (int)(await PostAsync(fake, "[]".PadRight(length))).StatusCode);
    }

    [Theory]
    [InlineData("another", FakeLogsIngestion.Rule, FakeLogsIngestion.Stream, 401)]
    [InlineData(FakeLogsIngestion.Token, "dcr-1", FakeLogsIngestion.Stream, 404)]
    [InlineData(FakeLogsIngestion.Token, FakeLogsIngestion.Rule, "Custom-Other", 400)]
    public async Task Ingestion_knows_its_token_its_rule_and_its_stream(string token, string rule, string stream, int status)
    {
        await using FakeLogsIngestion fake = await StartAsync(new FakeLogsIngestion());

        Assert.Equal(status, (int)(await PostAsync(fake, "[]", token, rule, stream)).StatusCode);
        Assert.Single(fake.Violations);
    }

    [Fact]
    public async Task Under_load_rows_are_only_counted()
    {
        await using FakeLogsIngestion fake = await StartAsync(new FakeLogsIngestion { Keeps = false });

        await PostAsync(fake, """[{"a":[1,{"b":2}]},{"c":3}]""");

        Assert.Equal(2, fake.RowCount);
        Assert.Empty(fake.Rows);
    }

    [Theory]
    [InlineData(FakeLogsIngestion.ClientSecret, "https://monitor.azure.com/.default", HttpStatusCode.OK)]
    [InlineData("wrong", "https://monitor.azure.com/.default", HttpStatusCode.Unauthorized)]
    [InlineData(FakeLogsIngestion.ClientSecret, "https://graph.microsoft.com/.default", HttpStatusCode.BadRequest)]
    public async Task Tokens_are_given_to_the_client_and_for_the_api_alone(string secret, string scope, HttpStatusCode status)
    {
        await using FakeLogsIngestion fake = await StartAsync(new FakeLogsIngestion());
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["grant_type"] = "client_credentials", ["client_id"] = FakeLogsIngestion.ClientId, ["client_secret"] = secret, ["scope"] = scope,
        });

        using HttpResponseMessage response = await _http.PostAsync(new Uri(fake.Address, $"/{FakeLogsIngestion.TenantId}/oauth2/v2.0/token"), form, Cancellation);

        Assert.Equal(status, response.StatusCode);
        Assert.Equal(status == HttpStatusCode.OK, (await response.Content.ReadAsStringAsync(Cancellation)).Contains(FakeLogsIngestion.Token, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Collector_computes_the_known_signature()
    {
        const string Body = """[{"EventId":"e-1","Action":"login"}]""";
        await using FakeDataCollector fake = await StartAsync(new FakeDataCollector(new ManualClock(Now)));

        // Of the vector in Microsoft's terms: the key of 64 times 'k', 36 bytes, this date.
        HttpResponseMessage response = await CollectAsync(fake, Body, "lfkYcsvyuRiRYJY9Oc2weu9HyGwaaNCv4dOV9ZyT+p4=");

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Empty(fake.Violations);
    }

    [Theory]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=", "Audit", 0, HttpStatusCode.Forbidden, "a wrong signature")]
    [InlineData("lfkYcsvyuRiRYJY9Oc2weu9HyGwaaNCv4dOV9ZyT+p4=", "Audit", 16, HttpStatusCode.Forbidden, "an x-ms-date far from now")]
    [InlineData("lfkYcsvyuRiRYJY9Oc2weu9HyGwaaNCv4dOV9ZyT+p4=", "Audit-Log", 0, HttpStatusCode.BadRequest, "a Log-Type with other characters")]
    [InlineData("lfkYcsvyuRiRYJY9Oc2weu9HyGwaaNCv4dOV9ZyT+p4=", "", 0, HttpStatusCode.BadRequest, "no Log-Type")]
    public async Task Collector_refuses_what_is_signed_wrongly_late_or_of_no_type(string signature, string logType, int minutes, HttpStatusCode status, string violation)
    {
        await using FakeDataCollector fake = await StartAsync(new FakeDataCollector(new ManualClock(Now.AddMinutes(minutes))));

        HttpResponseMessage response = await CollectAsync(fake, """[{"EventId":"e-1","Action":"login"}]""", signature, logType);

        Assert.Equal(status, response.StatusCode);
        Assert.Equal([violation], fake.Violations);
    }

    public void Dispose() => _http.Dispose();

    private async Task<HttpResponseMessage> PostAsync(
        FakeLogsIngestion fake, string body, string token = FakeLogsIngestion.Token, string rule = FakeLogsIngestion.Rule, string stream = FakeLogsIngestion.Stream)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(fake.Address, $"/dataCollectionRules/{rule}/streams/{stream}?api-version=2023-01-01"));
        request.Content = new StringContent(body, new MediaTypeHeaderValue("application/json"));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return await _http.SendAsync(request, Cancellation);
    }

    private async Task<HttpResponseMessage> CollectAsync(FakeDataCollector fake, string body, string signature, string logType = "Audit")
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(fake.Address, "/api/logs?api-version=2016-04-01"));
        request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body)) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };
        request.Headers.TryAddWithoutValidation("Authorization", $"SharedKey {FakeDataCollector.Workspace}:{signature}");
        request.Headers.TryAddWithoutValidation("x-ms-date", Now.ToString("r", CultureInfo.InvariantCulture));
        if (logType.Length > 0)
            request.Headers.TryAddWithoutValidation("Log-Type", logType);
        return await _http.SendAsync(request, Cancellation);
    }
}
