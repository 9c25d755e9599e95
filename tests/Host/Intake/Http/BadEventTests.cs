using System.Net;
using System.Text;
using System.Text.Json;

namespace AuditHost.Tests.Intake.Http;

[Promise("G6")]
public sealed class BadEventTests
{
    private const string Good = """{"id":"a"}""";

    [Theory]
    [InlineData("application/x-ndjson", Good + "\n{\"a\":1,}\n\n" + Good + "\n7\n{\"id\":\"a\",\"id\":\"b\"}\n", "1@2,3@5,4@6")]
    [InlineData("application/json", "[" + Good + ",\n{\"a\":1,},\n7, " + Good + ",\n[1],\"x\"]", "1@2,2@3,4@4,5@4")]
    [InlineData("application/json", "[" + Good + "," + Good + "] x", "2@1")]
    [InlineData("application/json", "[" + Good + "\n" + Good + "]", "1@2")]
    [InlineData("application/json", "[" + Good + ",]", "1@1")]
    [InlineData("application/json", "[" + Good + ",{\"a\":", "1@1")]
    [InlineData("application/json", "[" + Good, "1@1")]
    [InlineData("application/json", "[", "0@1")]
    [InlineData("application/json", Good + Good, "0@1")]
    [InlineData("application/json", "\n\n7", "0@3")]
    [InlineData("application/cloudevents+json", "[" + Good + "]", "0@1")]
    [InlineData("application/cloudevents-batch+json", Good, "0@1")]
    public async Task Bad_events_are_all_listed_and_nothing_is_taken(string type, string body, string expected)
    {
        await using IntakeServer server = await IntakeServer.StartAsync();

        using HttpResponseMessage response = await server.PostAsync(body, type);

        JsonElement problem = await IntakeServer.ProblemAsync(response, HttpStatusCode.BadRequest);
        JsonElement[] errors = [.. problem.GetProperty("errors").EnumerateArray()];
        Assert.Equal(expected, string.Join(',', errors.Select(error => $"{error.GetProperty("index")}@{error.GetProperty("line")}")));
        Assert.All(errors, error => Assert.StartsWith("$", error.GetProperty("path").GetString(), StringComparison.Ordinal));
        Assert.All(errors, error => Assert.NotEmpty(error.GetProperty("reason").GetString()!));
        Assert.Empty(server.Sink.Events);
        Assert.Equal(errors.Length, server.Source.Counters.Rejected);
    }

    [Fact]
    public async Task Long_list_of_errors_is_cut_but_counted()
    {
        await using IntakeServer server = await IntakeServer.StartAsync();

        using HttpResponseMessage response = await server.PostAsync(string.Concat(Enumerable.Repeat("7\n", 250)), "application/x-ndjson");

        JsonElement problem = await IntakeServer.ProblemAsync(response, HttpStatusCode.BadRequest);
        Assert.Equal(250, problem.GetProperty("error_count").GetInt32());
        Assert.Equal(100, problem.GetProperty("errors").GetArrayLength());
    }

    [Theory]
    [InlineData(40)]
    [InlineData(100_000)]
    public async Task Deep_nesting_is_refused(int depth)
    {
        await using IntakeServer server = await IntakeServer.StartAsync();
        string deep = string.Concat(Enumerable.Repeat("{\"a\":", depth)) + "1" + new string('}', depth);

        using HttpResponseMessage single = await server.PostAsync(deep);
        using HttpResponseMessage array = await server.PostAsync($"[{deep}]");

        await IntakeServer.ProblemAsync(single, HttpStatusCode.BadRequest);
        await IntakeServer.ProblemAsync(array, HttpStatusCode.BadRequest);
        Assert.Empty(server.Sink.Events);
    }

    [Theory]
    [InlineData("utf-16", "UTF-16")]
    [InlineData("utf-32", "UTF-32")]
    [InlineData("iso-8859-1", "UTF-8")]
    public async Task Foreign_text_is_refused_by_name(string encoding, string named)
    {
        await using IntakeServer server = await IntakeServer.StartAsync();
        byte[] body = Encoding.GetEncoding(encoding).GetBytes("""{"id":"grün"}""");

        using HttpResponseMessage response = await server.PostAsync(new ByteArrayContent(body), "application/json");

        JsonElement problem = await IntakeServer.ProblemAsync(response, HttpStatusCode.BadRequest);
        Assert.Contains(named, problem.GetRawText(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("\uFEFF")]
    public async Task Body_without_events_is_refused(string body)
    {
        await using IntakeServer server = await IntakeServer.StartAsync();

        using HttpResponseMessage response = await server.PostAsync(body);

        await IntakeServer.ProblemAsync(response, HttpStatusCode.BadRequest);
    }
}
