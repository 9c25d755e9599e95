using System.Text;
using System.Text.Json;
using AuditHost.Commands;
using AuditHost.Sdk;

namespace AuditHost.Tests.Commands;

public sealed class SearchOutputTests
{
    private static readonly byte[] Event = Encoding.UTF8.GetBytes("""{"\udc00":1,"event_id":"e-1","user":"a\ud800b"}""");

    [Fact]
    public void Half_a_character_in_an_event_does_not_break_the_listing() =>
        Assert.Equal(
            ["e-1", "a\uFFFDb", string.Empty],
            SearchOutput.Row(Event, [new("id", "event_id"), new("user", "user"), new("type", "event_type")]));

    [Fact]
    public void Nor_does_it_break_the_json()
    {
        using JsonDocument json = JsonDocument.Parse(SearchOutput.Json(new SearchPage([Event])));

        Assert.Equal("a\uFFFDb", json.RootElement.GetProperty("events")[0].GetProperty("user").GetString());
    }
}
