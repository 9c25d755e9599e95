using System.Diagnostics;
using AuditHost.Configuration.Options;
using AuditHost.Delivery;
using AuditHost.Lanes;

namespace AuditHost.Faults.Storms;

/// <summary>
/// A destination that refuses everything for ten minutes is asked as often as it or the back-off allows and no more, loses nothing and
/// has everything once when it is over.
/// </summary>
[Promise("G4", "G7", "G9")]
public sealed class StormTests(ITestOutputHelper output)
{
    private static readonly TimeSpan Storm = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(15);

    /// <summary>Full jitter waits 0.525 of its ceiling on average. Over hundreds of waits, chance does not take a third of that away.</summary>
    private const double JitterShare = 0.35;

    /// <summary>What each way to write <c>Retry-After</c> asks for; none where it asks for nothing that can be understood.</summary>
    private static readonly (string Name, Func<DateTimeOffset, string> Headers, double? Seconds)[] Wishes =
    [
        ("absent", static _ => string.Empty, null),
        ("seconds", static _ => "Retry-After: 7\r\n", 7),
        ("a minute", static _ => "Retry-After: 60\r\n", 60),
        ("zero", static _ => "Retry-After: 0\r\n", 0),
        ("negative", static _ => "Retry-After: -5\r\n", null),
        ("an hour", static _ => "Retry-After: 3600\r\n", 3600),
        ("huge", static _ => "Retry-After: 99999999999999999999999\r\n", 3600),
        ("date in the past", static now => $"Retry-After: {now.AddDays(-1):r}\r\n", 0),
        ("date near", static now => $"Retry-After: {now.AddSeconds(30):r}\r\n", 29),
        ("date in ten years", static now => $"Retry-After: {now.AddYears(10):r}\r\n", 3600),
        ("garbage", static _ => "Retry-After: soon\u00ff\r\n", null),
        ("empty", static _ => "Retry-After: \r\n", null),
        ("two headers", static _ => "Retry-After: 5\r\nRetry-After: 50\r\n", null),
        ("float", static _ => "Retry-After: 1.5\r\n", null),
    ];

    [Theory]
    [InlineData(429)]
    [InlineData(503)]
    public async Task Storm_of_refusals_is_met_within_the_budget_and_everything_is_delivered_once(int status)
    {
        var watch = Stopwatch.StartNew();
        List<string> requests = [];
        foreach ((string name, Func<DateTimeOffset, string> headers, double? seconds) in Wishes)
        {
            (int refused, int budget) = await WeatherAsync(status, headers, seconds);
            requests.Add($"{name} {refused} of {budget}");
            output.WriteLine($"{status}, Retry-After {name}: {refused} requests, {budget} at most");
        }

        Figures.Record(
            $"storms of {status} over ten minutes of a clock", Wishes.Length, watch.Elapsed, detail: $"requests by Retry-After, and the budget: {string.Join(", ", requests)}");
    }

    [Theory]
    [InlineData(401)]
    [InlineData(403)]
    public async Task Refused_credentials_pause_the_destination_which_goes_on_by_itself_once_they_are_mended(int status)
    {
        var clock = new StormClock();
        DateTimeOffset end = clock.GetUtcNow() + Storm;
        using var receiver = new StormyReceiver(() => clock.GetUtcNow() < end ? $"HTTP/1.1 {status} Refused\r\n" : null);
        await using var fixture = new StormFixture(clock, receiver.Endpoint, breaker: true);

        DeliveryJob job = await fixture.DeliverAsync(() => Assert.Equal(DestinationHealth.Misconfigured, fixture.Watch.Health));

        double[] slower = [5, 10, 20, 40];
        double[] pauses = [.. fixture.Pauses.Select(pause => pause.TotalSeconds)];
        Assert.Equal(slower, pauses[..4]);
        Assert.All(pauses[4..], pause => Assert.Equal(60, pause));
        Assert.InRange(pauses.Sum(), Storm.TotalSeconds, Storm.TotalSeconds + 60);
        Assert.Equal((StormFixture.Events, DestinationHealth.Healthy), (job.Delivered, fixture.Watch.Health));
        Assert.Empty(job.Refusals);
        Assert.Equal([StormFixture.Body], receiver.Taken);
    }

    private static async Task<(int Refused, int Budget)> WeatherAsync(int status, Func<DateTimeOffset, string> headers, double? seconds)
    {
        var clock = new StormClock();
        DateTimeOffset end = clock.GetUtcNow() + Storm;
        using var receiver = new StormyReceiver(() => clock.GetUtcNow() is var now && now < end ? $"HTTP/1.1 {status} Refused\r\n{headers(now)}" : null);
        await using var fixture = new StormFixture(clock, receiver.Endpoint, breaker: true);

        DeliveryJob job = await fixture.DeliverAsync();

        // Without a time to come again, 503 is a failure like others and opens the breaker; 429 never does.
        bool trips = status == 503 && seconds is null;
        Assert.Equal(StormFixture.Events, job.Delivered);
        Assert.Empty(job.Refusals);
        Assert.Equal([StormFixture.Body], receiver.Taken);
        Assert.Equal(DestinationHealth.Healthy, fixture.Watch.Health);
        Assert.All(fixture.Pauses, pause => Assert.InRange(pause, TimeSpan.Zero, LongestWait));
        int budget = trips ? BreakerBudget(fixture.Options) : Budget(fixture.Options.Retry, seconds ?? 0);
        Assert.InRange(receiver.Refused, 1, budget);
        return (receiver.Refused, budget);
    }

    /// <summary>The most requests that fit into the storm: the destination's wish is the shortest wait, and back-off comes close to its mean.</summary>
    private static int Budget(RetryOptions retry, double wish)
    {
        double elapsed = 0;
        int requests = 0;
        for (int round = 0; elapsed < Storm.TotalSeconds; round++)
        {
            for (int attempt = 0; attempt < retry.MaxAttempts && elapsed < Storm.TotalSeconds; attempt++)
            {
                requests++;
                int exponent = attempt == retry.MaxAttempts - 1 ? retry.MaxAttempts + round : attempt;
                double ceiling = Math.Min(retry.MaxDelay.TotalSeconds, retry.InitialDelay.TotalSeconds * Math.Pow(retry.Multiplier, exponent));
                elapsed += wish > 0 ? Math.Min(wish, 0.9 * LongestWait.TotalSeconds) : JitterShare * ceiling;
            }
        }

        return requests;
    }

    /// <summary>So many that open it, then one after each of its pauses.</summary>
    private static int BreakerBudget(DestinationOptions options) =>
        options.Breaker.FailureThreshold + (int)Math.Ceiling(Storm / options.Breaker.Pause);
}
