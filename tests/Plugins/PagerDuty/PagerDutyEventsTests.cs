using System.Net;
using System.Text;
using AuditHost.Fakes.PagerDuty;
using static AuditHost.Plugins.Tests.PagerDuty.PagerDutyTests;

namespace AuditHost.Plugins.Tests.PagerDuty;

/// <summary>The fake is as strict as the documents of PagerDuty.</summary>
public sealed class PagerDutyEventsTests
{
    private const string Alert = """{"routing_key":"KEY","event_action":"trigger","dedup_key":"k","payload":{"summary":"s","source":"h","severity":"info"}}""";
    private const string Change = """{"routing_key":"KEY","payload":{"summary":"s"}}""";

    [Theory]
    [InlineData("enqueue", Alert)]
    [InlineData("change/enqueue", Change)]
    [InlineData("enqueue", """{"routing_key":"KEY","event_action":"trigger","payload":{"summary":"s","source":"h","severity":"info"}}""")]
    public async Task What_is_documented_is_taken(string path, string body) => Assert.Equal(HttpStatusCode.Accepted, (await PostAsync(path, body)).Status);

    [Theory]
    [InlineData("enqueue", """{"routing_key":"short","event_action":"resolve","dedup_key":"k"}""", "routing_key")]
    [InlineData("enqueue", """{"routing_key":"a1b2c3d4e5f60718293a4b5c6d7e8f91","event_action":"resolve","dedup_key":"k"}""", "unknown key")]
    [InlineData("enqueue", """{"routing_key":"KEY","event_action":"close","dedup_key":"k"}""", "event_action")]
    [InlineData("enqueue", """{"routing_key":"KEY","event_action":"resolve"}""", "dedup_key")]
    [InlineData("enqueue", """{"routing_key":"KEY","event_action":"trigger","payload":{"summary":"s","source":"h","severity":"High"}}""", "payload.severity")]
    [InlineData("enqueue", """{"routing_key":"KEY","event_action":"trigger","payload":{"summary":"s","severity":"info"}}""", "payload.source")]
    [InlineData("enqueue", """{"routing_key":"KEY","event_action":"trigger","payload":{"summary":"","source":"h","severity":"info"}}""", "payload.summary")]
    [InlineData("enqueue", """{"routing_key":"KEY","event_action":"trigger","payload":{"summary":"s","source":"h","severity":"info","custom_details":"x"}}""", "custom_details")]
    [InlineData("enqueue", """{"routing_key":"KEY","event_action":"trigger","payload":{"summary":"s","source":"h","severity":"info","timestamp":"now"}}""", "timestamp")]
    [InlineData("enqueue", """{"routing_key":"KEY","event_action":"trigger","payload":{"summary":"s","source":"h","severity":"info"},"images":[{"src":"http://a"}]}""", "images")]
    [InlineData("enqueue", """{"routing_key":"KEY","event_action":"trigger","payload":{"summary":"s","source":"h","severity":"info"},"links":[{"text":"a"}]}""", "links")]
    [InlineData("enqueue", """{"routing_key":"KEY","routing_key":"KEY","event_action":"resolve","dedup_key":"k"}""", "no JSON object")]
    [InlineData("change/enqueue", """{"routing_key":"R1b2c3d4e5f60718293a4b5c6d7e8f90","payload":{"summary":"s"}}""", "ruleset")]
    [InlineData("change/enqueue", Alert, "event_action")]
    [InlineData("change/enqueue", """{"routing_key":"KEY","payload":{"summary":"s","severity":"info"}}""", "payload.severity")]
    public async Task What_is_not_is_refused_and_noted(string path, string body, string fault)
    {
        (HttpStatusCode status, string violation) = await PostAsync(path, body);

        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Contains(fault, violation, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Summaries_and_keys_have_their_limits()
    {
        Assert.Contains("1024", (await PostAsync("enqueue", Alert.Replace("\"s\"", $"\"{new string('s', 1025)}\"", StringComparison.Ordinal))).Violation, StringComparison.Ordinal);
        Assert.Contains("255", (await PostAsync("enqueue", Alert.Replace("\"k\"", $"\"{new string('k', 256)}\"", StringComparison.Ordinal))).Violation, StringComparison.Ordinal);
    }

    private static async Task<(HttpStatusCode Status, string Violation)> PostAsync(string path, string body)
    {
        await using PagerDutyEvents events = await StartAsync();
        using var http = new HttpClient();
        using var content = new StringContent(body.Replace("KEY", PagerDutyEvents.Key, StringComparison.Ordinal), Encoding.UTF8, "application/json");
        using HttpResponseMessage response = await http.PostAsync(new Uri(events.Address, $"/v2/{path}"), content, Cancellation);
        return (response.StatusCode, events.Violations.SingleOrDefault(string.Empty));
    }
}
