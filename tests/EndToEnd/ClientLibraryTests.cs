using System.Text;
using AuditHost.Client;

namespace AuditHost.EndToEnd;

/// <summary>An application goes on sending while its host is killed and comes back.</summary>
[Promise("G1")]
public sealed class ClientLibraryTests : IDisposable
{
    private const int Events = 3_000;
    private const int UntilKilled = 1_000;

    private readonly SiteFolder _site = new();

    public void Dispose() => _site.Dispose();

    [Fact]
    public async Task Nothing_that_was_sent_is_lost_when_the_host_is_killed()
    {
        _site.WriteSite("  log_aggregation:\n    archive: { type: file, format: jsonl, path: ./archive.jsonl }");
        await using var client = new AuditClient(new AuditClientOptions
        {
            Endpoint = new Uri($"http://127.0.0.1:{_site.Port}"),
            SpoolDirectory = _site.File("spool"),
            LongestDelay = TimeSpan.FromMilliseconds(500),
        });
        Task<AuditDelivery>[] sent;
        await using (RunningHost host = await RunningHost.StartAsync(_site))
        {
            sent = [.. Enumerable.Range(1, Events).Select(number => client.SendAsync(Encoding.UTF8.GetBytes(TestEvents.Json(number)), TestContext.Current.CancellationToken))];
            await host.UntilAsync(() => sent.Count(one => one.IsCompletedSuccessfully) >= UntilKilled, "taking events");
            await host.KillAsync();
        }

        AuditDelivery[] deliveries = await Task.WhenAll(sent);
        await using RunningHost next = await RunningHost.StartAsync(_site);
        await next.UntilAsync(() => Directory.GetFiles(_site.File("spool"), "events-*").Length == 0, "given what was spooled");
        await next.UntilAsync(async () => await next.BufferedAsync() == 0, "done with every event");

        Assert.Contains(AuditDelivery.Accepted, deliveries);
        Assert.Equal(Enumerable.Range(1, Events).Select(TestEvents.Id), _site.Arrived("archive.jsonl").Keys.Order(StringComparer.Ordinal));
        Assert.Equal(0, await next.StopAsync());
    }
}
