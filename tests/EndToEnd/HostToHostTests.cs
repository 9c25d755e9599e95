using System.Text.Json;

namespace AuditHost.EndToEnd;

/// <summary>What a host sends by a protocol of others, another host takes: what one acknowledges, the other has.</summary>
[Promise("G1")]
public sealed class HostToHostTests : IDisposable
{
    private const int Events = 2_000;
    private const string Token = "0123456789abcdef0123456789abcdef";

    private readonly SiteFolder _sending = new();
    private readonly SiteFolder _taking = new();

    [Theory]
    [InlineData("splunk_hec", "type: splunk, hec_endpoint: 'ADDRESS', hec_token: TOKEN, acknowledgement: true")]
    [InlineData("otlp", "type: otlp, endpoint: 'ADDRESS', authentication: { type: bearer_token, token: TOKEN }")]
    [InlineData("otlp", "type: otlp, endpoint: 'ADDRESS', encoding: json, authentication: { type: bearer_token, token: TOKEN }")]
    public async Task Every_event_goes_from_one_to_the_other_with_its_envelope(string source, string destination)
    {
        _taking.WriteSite(
            """
              log_aggregation:
                archive: { type: file, format: jsonl, path: ./archive.jsonl }
            """,
            sources: $"[{{ type: {source}, mapping: {{ source: {{ default: relayed }} }} }}]");
        _taking.Write("site.yaml", File.ReadAllText(_taking.File("site.yaml")).Replace("http: {", $"http: {{ tokens: [{Token}],", StringComparison.Ordinal));
        string keys = destination.Replace("ADDRESS", $"http://127.0.0.1:{_taking.Port}", StringComparison.Ordinal).Replace("TOKEN", Token, StringComparison.Ordinal);
        _sending.WriteSite($"  siem:\n    other: {{ {keys}, batch_size: 100 }}");
        await using RunningHost taking = await RunningHost.StartAsync(_taking);
        await using RunningHost sending = await RunningHost.StartAsync(_sending);

        foreach (int[] numbers in Enumerable.Range(1, Events).Chunk(500))
            await sending.AcceptAsync(numbers.Select(number => TestEvents.Json(number)));
        await sending.UntilAsync(async () => await sending.BufferedAsync() == 0, "done with every event");
        await taking.UntilAsync(() => _taking.Lines("archive.jsonl").Length >= Events, "done with every event");

        JsonElement[] taken = [.. _taking.Lines("archive.jsonl").Select(line => JsonElement.Parse(line))];
        Assert.Equal(Enumerable.Range(1, Events).Select(TestEvents.Id), taken.Select(one => Text(one, "event_id")).Order(StringComparer.Ordinal));
        Assert.All(taken, one => Assert.Equal(
            ("SecurityEvent", "High", "batch_svc", "relayed"), (Text(one, "event_type"), Text(one, "severity"), Text(one, "user"), Text(one, "source"))));
        await Books.AssertBalancedAsync(sending, "other");
        Assert.Equal(0, await sending.StopAsync());
        Assert.Equal(0, await taking.StopAsync());
    }

    public void Dispose()
    {
        _sending.Dispose();
        _taking.Dispose();
    }

    private static string? Text(JsonElement one, string member) => one.TryGetProperty(member, out JsonElement value) ? value.GetString() : null;
}
