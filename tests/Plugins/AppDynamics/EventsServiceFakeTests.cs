using System.Net;
using System.Net.Http.Headers;
using System.Text;
using AuditHost.Fakes.AppDynamics;

namespace AuditHost.Plugins.Tests.AppDynamics;

/// <summary>The fakes are as strict as the vendor's pages.</summary>
public sealed class EventsServiceFakeTests : AppDynamicsTest
{
    [Theory]
    [InlineData("""[{"s":"a","i":1,"f":1.5,"b":true,"d":"2026-11-23T10:00:00Z","eventTimestamp":"2026-11-23T10:00:00.123Z"}]""", 200)]
    [InlineData("""[{"d":"2026-11-23T10:00:00.123+01:00"}]""", 200)]
    [InlineData("""{"s":"a"}""", 400)]
    [InlineData("[]", 400)]
    [InlineData("[1]", 400)]
    [InlineData("""[{"s":"a"}""", 400)]
    [InlineData("""[{"s":1}]""", 400)]
    [InlineData("""[{"s":null}]""", 400)]
    [InlineData("""[{"s":["a"]}]""", 400)]
    [InlineData("""[{"i":1.5}]""", 400)]
    [InlineData("""[{"i":"1"}]""", 400)]
    [InlineData("""[{"f":"1"}]""", 400)]
    [InlineData("""[{"b":"true"}]""", 400)]
    [InlineData("""[{"d":"yesterday"}]""", 400)]
    [InlineData("""[{"d":"2026-11-23T10:00:00"}]""", 400)]
    [InlineData("""[{"d":"2026-11-23T10:00:00.1234567Z"}]""", 400)]
    [InlineData("""[{"unknown":"a"}]""", 400)]
    [InlineData("""[{"s":"a","s":"b"}]""", 400)]
    [InlineData("""[{"s":"a"},{"s":1}]""", 400)]
    public async Task Events_fit_their_schema_or_none_is_taken(string body, int status)
    {
        Service.Define("audit", ("s", "string"), ("i", "integer"), ("f", "float"), ("b", "boolean"), ("d", "date"));

        Assert.Equal(status, await CallAsync("POST", "/events/publish/audit", body));

        Assert.Equal(status == 200 ? 1 : 0, Service.EventCount);
        Assert.Equal(status == 200, Service.Violations.Count == 0);
    }

    [Theory]
    [InlineData("POST", "/events/schema/audit", """{"schema":{"a":"string"}}""", 201)]
    [InlineData("POST", "/events/schema/audit", """{"schema":{"a":"text"}}""", 400)]
    [InlineData("POST", "/events/schema/audit", """{"schema":{"a b":"string"}}""", 400)]
    [InlineData("POST", "/events/schema/audit", """{"schema":{"eventTimestamp":"date"}}""", 400)]
    [InlineData("POST", "/events/schema/audit", """{"schema":{}}""", 400)]
    [InlineData("POST", "/events/schema/audit", """{"a":"string"}""", 400)]
    [InlineData("POST", "/events/schema/there", """{"schema":{"a":"string"}}""", 409)]
    [InlineData("POST", "/events/schema/not-a-name", """{"schema":{"a":"string"}}""", 404)]
    [InlineData("PATCH", "/events/schema/there", """[{"add":{"b":"string"}}]""", 200)]
    [InlineData("PATCH", "/events/schema/there", """[{"add":{"a":"string"}}]""", 400)]
    [InlineData("PATCH", "/events/schema/there", """{"add":{"b":"string"}}""", 400)]
    [InlineData("PATCH", "/events/schema/there", """[{"remove":["a"]}]""", 400)]
    [InlineData("PATCH", "/events/schema/audit", """[{"add":{"b":"string"}}]""", 404)]
    [InlineData("GET", "/events/schema/there", null, 200)]
    [InlineData("GET", "/events/schema/audit", null, 404)]
    [InlineData("POST", "/events/publish/audit", "[{}]", 404)]
    [InlineData("PUT", "/events/publish/there", "[{}]", 405)]
    [InlineData("GET", "/controller/rest", null, 404)]
    public async Task Schemas_are_made_by_the_rules(string method, string path, string? body, int status)
    {
        Service.Define("there", ("a", "string"));

        Assert.Equal(status, await CallAsync(method, path, body));
    }

    [Theory]
    [InlineData("X-Events-API-AccountName", "other", 401)]
    [InlineData("X-Events-API-Key", "other", 401)]
    [InlineData("Accept", "application/json", 406)]
    [InlineData("Accept", "application/vnd.appd.events+json; v=2", 406)]
    [InlineData("Content-Type", "application/json", 415)]
    [InlineData("Content-Type", "application/vnd.appd.events+json; v=2", 415)]
    public async Task Headers_are_compared_as_text(string header, string value, int status)
    {
        Assert.Equal(status, await CallAsync("POST", "/events/schema/audit", """{"schema":{"a":"string"}}""", (header, value)));
        Assert.Single(Service.Violations);
    }

    [Theory]
    [InlineData("""[{"metricName":"Custom Metrics|A","aggregatorType":"SUM","value":1}]""", 204)]
    [InlineData("""[{"metricName":"Custom Metrics|A","aggregatorType":"SUM","value":1.5}]""", 400)]
    [InlineData("""[{"metricName":"Custom Metrics|A","aggregatorType":"SUM","value":"1"}]""", 400)]
    [InlineData("""[{"metricName":"Custom Metrics|A","aggregatorType":"COUNT","value":1}]""", 400)]
    [InlineData("""[{"metricName":"Custom Metrics|A","value":1}]""", 400)]
    [InlineData("""[{"metricName":"Custom Metrics|A,B","aggregatorType":"SUM","value":1}]""", 400)]
    [InlineData("""[{"metricName":"Custom Metrics|A|B:C","aggregatorType":"SUM","value":1}]""", 400)]
    [InlineData("""[{"metricName":"Custom Metrics||B","aggregatorType":"SUM","value":1}]""", 400)]
    [InlineData("""[{"metricName":"Custom Metrics|é","aggregatorType":"SUM","value":1}]""", 400)]
    [InlineData("""[{"metricName":"Audit|A","aggregatorType":"SUM","value":1}]""", 400)]
    [InlineData("""{"metricName":"Custom Metrics|A","aggregatorType":"SUM","value":1}""", 400)]
    [InlineData("no json", 400)]
    public async Task Metrics_are_whole_numbers_under_sound_names(string body, int status)
    {
        using var content = new StringContent(body, Encoding.UTF8);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        using HttpResponseMessage response = await Context.Http.PostAsync(new Uri(Agent.Address, "/api/v1/metrics"), content, Cancellation);

        Assert.Equal((HttpStatusCode)status, response.StatusCode);
        Assert.Equal(status == 204 ? 1 : 0, Agent.Sums.Count);
    }

    [Fact]
    public async Task Under_load_events_are_counted_as_they_are_taken()
    {
        Service.Define("audit", ("s", "string"));
        Service.Keeps = false;

        await CallAsync("POST", "/events/publish/audit", """[{"s":"{"},{"s":"}"},{}]""");

        Assert.Equal(3, Service.EventCount);
    }

    private async Task<int> CallAsync(string method, string path, string? body, params IReadOnlyList<(string Name, string Value)> changed)
    {
        var headers = new Dictionary<string, string>
        {
            ["X-Events-API-AccountName"] = FakeEventsService.Account,
            ["X-Events-API-Key"] = FakeEventsService.Key,
            ["Accept"] = FakeEventsService.MediaType,
            ["Content-Type"] = FakeEventsService.MediaType,
        };
        foreach ((string name, string value) in changed)
            headers[name] = value;
        using var request = new HttpRequestMessage(new HttpMethod(method), new Uri(Service.Address, path));
        if (body is not null)
        {
            request.Content = new ReadOnlyMemoryContent(Encoding.UTF8.GetBytes(body));
            request.Content.Headers.TryAddWithoutValidation("Content-Type", headers["Content-Type"]);
        }

        foreach ((string name, string value) in headers.Where(header => header.Key != "Content-Type"))
            request.Headers.TryAddWithoutValidation(name, value);
        using HttpResponseMessage response = await Context.Http.SendAsync(request, Cancellation);
        return (int)response.StatusCode;
    }
}
