using System.Net;
using System.Net.Http.Headers;
using System.Text;
using AuditHost.Fakes.OpsGenie;
using static AuditHost.Plugins.Tests.OpsGenie.OpsGenieTests;

namespace AuditHost.Plugins.Tests.OpsGenie;

/// <summary>The fake is as strict as the documents of OpsGenie.</summary>
public sealed class AlertApiTests
{
    [Theory]
    [InlineData("""{"message":"m"}""")]
    [InlineData("""{"message":"m","responders":[{"type":"team","name":"Sec"},{"type":"user","username":"a@b"}],"details":{"a":"b"},"tags":["t"],"priority":"P1"}""")]
    public async Task What_is_documented_is_queued(string body) => Assert.Equal(HttpStatusCode.Accepted, (await PostAsync("alerts", body)).Status);

    [Theory]
    [InlineData("""{"description":"d"}""", "message")]
    [InlineData("""{"message":"m","priority":"high"}""", "priority")]
    [InlineData("""{"message":"m","details":{"a":1}}""", "details")]
    [InlineData("""{"message":"m","tags":[""]}""", "tags")]
    [InlineData("""{"message":"m","responders":[{"type":"team"}]}""", "responders")]
    [InlineData("""{"message":"m","visibleTo":[{"type":"schedule","id":"x"}]}""", "visibleTo")]
    [InlineData("""{"message":"m","severity":"High"}""", "severity")]
    public async Task What_is_not_is_unprocessable_and_noted(string body, string fault)
    {
        (HttpStatusCode status, string violation) = await PostAsync("alerts", body);

        Assert.Equal(HttpStatusCode.UnprocessableContent, status);
        Assert.Contains(fault, violation, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("message", 130)]
    [InlineData("alias", 512)]
    [InlineData("description", 15_000)]
    [InlineData("source", 100)]
    public async Task Texts_have_their_limits(string field, int limit)
    {
        Assert.Equal(HttpStatusCode.Accepted, (await PostAsync("alerts", Of(limit))).Status);
        Assert.Equal(HttpStatusCode.UnprocessableContent, (await PostAsync("alerts", Of(limit + 1))).Status);

        string Of(int length) => field == "message" ? $$"""{"message":"{{new string('x', length)}}"}""" : $$"""{"message":"m","{{field}}":"{{new string('x', length)}}"}""";
    }

    [Fact]
    public async Task The_successor_finds_responders_by_id_alone() =>
        Assert.Contains("responders", (await PostAsync("alerts", """{"message":"m","responders":[{"type":"team","name":"Sec"}]}""", isSuccessor: true)).Violation, StringComparison.Ordinal);

    [Theory]
    [InlineData("nonsense", HttpStatusCode.UnprocessableContent)]
    [InlineData(AlertApi.AccountKey, HttpStatusCode.Forbidden)]
    [InlineData("1b243592-faa2-4ba2-a551-1afdf565c889", HttpStatusCode.Unauthorized)]
    public async Task Keys_are_told_apart(string key, HttpStatusCode expected) => Assert.Equal(expected, (await PostAsync("alerts", """{"message":"m"}""", key: key)).Status);

    [Fact]
    public async Task Another_action_than_the_documented_ones_is_not_there() =>
        Assert.Equal(HttpStatusCode.NotFound, (await PostAsync("alerts/a/resolve?identifierType=alias", "{}")).Status);

    private static async Task<(HttpStatusCode Status, string Violation)> PostAsync(string path, string body, string key = AlertApi.Key, bool isSuccessor = false)
    {
        await using AlertApi api = await StartAsync(isSuccessor);
        using var http = new HttpClient();
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("GenieKey", key);
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        using HttpResponseMessage response = await http.PostAsync(new Uri(api.Address, $"{(isSuccessor ? "/jsm/ops/integration" : string.Empty)}/v2/{path}"), content, Cancellation);
        return (response.StatusCode, api.Violations.SingleOrDefault(string.Empty));
    }
}
