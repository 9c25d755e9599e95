using System.Text;
using AuditHost.Client;

namespace AuditHost.EndToEnd;

/// <summary>An application goes on sending while its host is killed and comes back.</summary>
[Promise("G1")]
public sealed class ClientLibraryTests : IDisposable
{
    private const int Before = 2_000;
    private const int UntilKilled = 1_000;
    private const int After = 1_000;

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
            sent = Send(client, 1, Before);
            await host.UntilAsync(() => sent.Count(one => one.IsCompletedSuccessfully) >= UntilKilled, "taking events");
            await host.KillAsync();
        }

        AuditDelivery[] spooled = await Task.WhenAll(Send(client, Before + 1, After));
        await Task.WhenAll(sent);
        await using RunningHost next = await RunningHost.StartAsync(_site);
        await next.UntilAsync(() => Directory.GetFiles(_site.File("spool"), "events-*").Length == 0, "given what was spooled");
        await next.UntilAsync(async () => await next.BufferedAsync() == 0, "done with every event");

        Assert.All(spooled, delivery => Assert.Equal(AuditDelivery.Spooled, delivery));
        Assert.Equal(Enumerable.Range(1, Before + After).Select(TestEvents.Id), _site.Arrived("archive.jsonl").Keys.Order(StringComparer.Ordinal));
        Assert.Equal(0, await next.StopAsync());
    }

    private static Task<AuditDelivery>[] Send(AuditClient client, int first, int count) =>
        [.. TestEvents.Range(first, count).Select(json => client.SendAsync(Encoding.UTF8.GetBytes(json), TestContext.Current.CancellationToken))];
}
