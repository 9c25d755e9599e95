using System.Text.Json;

namespace AuditHost.EndToEnd;

/// <summary>A host that sends to Splunk sends to another host as well: what one acknowledges, the other has.</summary>
[Promise("G1")]
public sealed class SplunkIntakeTests : IDisposable
{
    private const int Events = 2_000;
    private const string Token = "0123456789abcdef0123456789abcdef";

    private readonly SiteFolder _sending = new();
    private readonly SiteFolder _taking = new();

    [Fact]
    public async Task Events_go_from_host_to_host_and_are_acknowledged()
    {
        _taking.WriteSite(
            """
              log_aggregation:
                archive: { type: file, format: jsonl, path: ./archive.jsonl }
            """,
            sources: "[{ type: splunk_hec, mapping: { source: { default: relayed } } }]");
        _taking.Write("site.yaml", File.ReadAllText(_taking.File("site.yaml")).Replace("http: {", $"http: {{ tokens: [{Token}],", StringComparison.Ordinal));
        _sending.WriteSite(
            $$"""
              siem:
                splunk: { hec_endpoint: 'http://127.0.0.1:{{_taking.Port}}', hec_token: '{{Token}}', acknowledgement: true, batch_size: 100 }
            """);
        await using RunningHost taking = await RunningHost.StartAsync(_taking);
        await using RunningHost sending = await RunningHost.StartAsync(_sending);

        foreach (int[] numbers in Enumerable.Range(1, Events).Chunk(500))
            await sending.AcceptAsync(numbers.Select(number => TestEvents.Json(number)));
        await sending.UntilAsync(async () => await sending.BufferedAsync() == 0, "done with every event");
        await taking.UntilAsync(() => _taking.Lines("archive.jsonl").Length >= Events, "done with every event");

        JsonElement[] taken = [.. _taking.Lines("archive.jsonl").Select(line => JsonElement.Parse(line))];
        Assert.Equal(Enumerable.Range(1, Events).Select(TestEvents.Id), taken.Select(one => one.GetProperty("event_id").GetString()).Order(StringComparer.Ordinal));
        Assert.All(taken, one => Assert.Equal(
            ("SecurityEvent", "High", "batch_svc", "relayed"),
            (one.GetProperty("event_type").GetString(), one.GetProperty("severity").GetString(), one.GetProperty("user").GetString(), one.GetProperty("source").GetString())));
        await Books.AssertBalancedAsync(sending, "splunk");
        Assert.Equal(0, await sending.StopAsync());
        Assert.Equal(0, await taking.StopAsync());
    }

    public void Dispose()
    {
        _sending.Dispose();
        _taking.Dispose();
    }
}
