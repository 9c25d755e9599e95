namespace AuditHost.Plugins.Tests.Ecs;

/// <summary>The check itself: each rule can fail.</summary>
public sealed class EcsSchemaTests
{
    private const string Right =
        """
        {"@timestamp":"2026-03-31T06:52:12.1182045Z","ecs":{"version":"9.4.0"},"data_stream":{"type":"logs","dataset":"d","namespace":"n"},
        "event":{"kind":"event","category":["file"],"type":["access"],"dataset":"d","severity":1,"outcome":"success"},"source":{"ip":"::1"},
        "labels":{"a":"b"},"audithost":{"any":{"thing":[null]}}}
        """;

    [Fact]
    public void What_is_right_is_taken() => Assert.Empty(EcsSchema.Check(Right));

    [Theory]
    [InlineData("\"ecs\":{\"version\":\"9.4.0\"}", "\"tags\":[\"a\"]", "ecs.version is missing")]
    [InlineData("\"@timestamp\":\"2026-03-31T06:52:12.1182045Z\",", "", "@timestamp is missing")]
    [InlineData("2026-03-31T06:52:12.1182045Z", "yesterday", "@timestamp is no date: \"yesterday\"")]
    [InlineData("\"kind\":\"event\"", "\"kind\":\"audit\"", "event.kind cannot be audit")]
    [InlineData("\"kind\":\"event\"", "\"kind\":null", "event.kind is no keyword: null")]
    [InlineData("\"kind\":\"event\"", "\"kind\":\"event\",\"kind\":\"event\"", "event.kind stands twice")]
    [InlineData("[\"file\"]", "[\"files\"]", "event.category cannot be files")]
    [InlineData("[\"file\"]", "\"file\"", "event.category is no array")]
    [InlineData("[\"file\"]", "[]", "event.category is an empty array")]
    [InlineData("[\"file\"]", "[\"threat\"]", "event.type cannot be access where event.category is [\"threat\"]")]
    [InlineData("[\"access\"]", "[\"start\"]", "event.type cannot be start where event.category is [\"file\"]")]
    [InlineData("[\"access\"]", "[\"reading\"]", "event.type cannot be reading")]
    [InlineData("\"success\"", "\"denied\"", "event.outcome cannot be denied")]
    [InlineData("\"severity\":1", "\"severity\":\"1\"", "event.severity is no long: \"1\"")]
    [InlineData("\"severity\":1", "\"severity\":1.5", "event.severity is no long: 1.5")]
    [InlineData("\"severity\":1", "\"weight\":1", "event.weight is no field of ECS")]
    [InlineData("\"severity\":1", "\"severity.level\":1", "event.severity.level has a dot in its name")]
    [InlineData("\"::1\"", "\"host-1\"", "source.ip is no ip: \"host-1\"")]
    [InlineData("\"ip\":\"::1\"", "", "source is an empty object")]
    [InlineData("\"a\":\"b\"", "\"a\":{\"b\":1}", "labels.a is not flat")]
    [InlineData("\"dataset\":\"d\",\"severity\"", "\"dataset\":\"e\",\"severity\"", "data_stream.dataset is not event.dataset")]
    [InlineData("\"logs\"", "\"metrics\"", "data_stream.type is not logs")]
    [InlineData("\"namespace\":\"n\"", "\"type\":\"logs\"", "data_stream.namespace is missing")]
    [InlineData("\"audithost\"", "\"payload\"", "payload.any.thing is no field of ECS")]
    public void What_is_wrong_is_named(string right, string wrong, string violation)
    {
        Assert.Contains(right, Right, StringComparison.Ordinal);
        Assert.Contains(violation, EcsSchema.Check(Right.Replace(right, wrong)));
    }
}
