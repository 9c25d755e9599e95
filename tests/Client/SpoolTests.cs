using AuditHost.Fakes;

namespace AuditHost.Client.Tests;

public sealed class SpoolTests : ClientTest
{
    private static readonly FakeAnswer Away = new(503);

    [Fact]
    public async Task Events_wait_on_disk_while_the_host_is_away_and_go_in_their_order()
    {
        Intake.Always = Away;
        await using AuditClient client = Create(maxBatch: 10);
        for (int number = 0; number < 25; number++)
            Assert.Equal(AuditDelivery.Spooled, await client.SendAsync(Json($"e-{number:D2}"), Cancellation));

        Intake.Always = null;
        await UntilAsync(() => Intake.Events.Count == 25);
        AuditDelivery last = await client.SendAsync(Json("e-25"), Cancellation);
        await UntilAsync(() => Intake.Events.Count == 26);

        Assert.Equal(Enumerable.Range(0, 26).Select(number => $"e-{number:D2}"), Intake.Ids);
        Assert.True(Enum.IsDefined(last));
        await UntilAsync(() => Directory.GetFiles(Spool, "events-*").Length == 0);
    }

    [Fact]
    public async Task They_outlive_the_client()
    {
        Intake.Always = Away;
        await using (AuditClient client = Create())
            Assert.Equal(AuditDelivery.Spooled, await client.SendAsync(Json("e-1"), Cancellation));

        Intake.Always = null;
        await using AuditClient next = Create();
        await UntilAsync(() => Intake.Events.Count == 1);

        Assert.Equal(["e-1"], Intake.Ids);
    }

    [Fact]
    public async Task What_a_crash_left_half_written_is_cut_off()
    {
        Directory.CreateDirectory(Spool);
        await File.WriteAllTextAsync(Path.Combine(Spool, "events-000000000007.ndjson"), "{\"event_id\":\"e-1\"}\n{\"event_id\":\"e-2\"}\n{\"event_", Cancellation);
        await File.WriteAllTextAsync(Path.Combine(Spool, "events-000000000008.ndjson"), "{\"event", Cancellation);

        await using AuditClient client = Create();
        await client.SendAsync(Json("e-3"), Cancellation);
        await UntilAsync(() => Intake.Events.Count == 3);

        Assert.Equal(["e-1", "e-2", "e-3"], Intake.Ids);
        Assert.Empty(Intake.Violations);
    }

    [Fact]
    public async Task A_spooled_event_that_is_refused_is_kept_apart_and_reported()
    {
        Intake.Always = Away;
        List<string> reported = [];
        await using AuditClient client = Create(onRejected: (_, reason) => reported.Add(reason));
        foreach (string further in new[] { string.Empty, ",\"bad\":1", string.Empty })
            await client.SendAsync(Json($"e-{Intake.RequestCount}-{further.Length}", further), Cancellation);
        await client.SendAsync(Json("last"), Cancellation);

        Intake.Always = null;
        await UntilAsync(() => Intake.Ids.Contains("last"));

        Assert.Equal(3, Intake.Events.Count);
        Assert.Equal(["$: It says so."], reported);
        Assert.Single(Rejected());
    }

    [Fact]
    public async Task A_full_spool_makes_a_send_wait_and_loses_nothing()
    {
        Intake.Always = Away;
        await using AuditClient client = Create(maxSpoolBytes: 100, maxBatch: 1);
        for (int number = 0; number < 5; number++)
            await client.SendAsync(Json($"e-{number:D2}"), Cancellation);
        Task<AuditDelivery> waits = client.SendAsync(Json("e-05"), Cancellation);
        long before = Intake.RequestCount;
        await UntilAsync(() => Intake.RequestCount > before + 3);
        Assert.False(waits.IsCompleted);

        Intake.Always = null;
        await waits;
        await UntilAsync(() => Intake.Events.Count == 6);

        Assert.Equal(Enumerable.Range(0, 6).Select(number => $"e-{number:D2}"), Intake.Ids);
    }

    [Fact]
    public async Task An_event_longer_than_a_request_is_spooled_and_sent()
    {
        Intake.Always = Away;
        await using AuditClient client = Create(maxSpoolBytes: 10 << 20);
        await client.SendAsync(Json("small"), Cancellation);
        await client.SendAsync(Json("large", $",\"x\":\"{new string('x', 3 << 20)}\""), Cancellation);
        await client.SendAsync(Json("last"), Cancellation);

        Intake.Always = null;
        await UntilAsync(() => Intake.Events.Count == 3);

        Assert.Equal(["small", "large", "last"], Intake.Ids);
    }

    [Fact]
    public async Task A_folder_belongs_to_one_client()
    {
        await using AuditClient client = Create();

        IOException exception = Assert.Throws<IOException>(() => Create());

        Assert.Contains("Give each its own folder", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_client_that_closes_while_the_host_does_not_answer_spools_what_is_under_way()
    {
        using var gate = new ManualResetEventSlim();
        var client = new AuditClient(new AuditClientOptions { Endpoint = Intake.Address, SpoolDirectory = Spool, Timeout = TimeSpan.FromMilliseconds(300) });
        Task<AuditDelivery> sent = await HoldFirstAsync(client, gate);

        await client.DisposeAsync();
        gate.Set();

        Assert.Equal(AuditDelivery.Spooled, await sent);
        Assert.Contains("e-0", await File.ReadAllTextAsync(Directory.GetFiles(Spool, "events-*").Single(), Cancellation), StringComparison.Ordinal);
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Directory.GetFiles(Spool, "events-*").Single()));
    }

    [Fact]
    public async Task What_the_application_does_with_a_refusal_keeps_nothing_from_being_sent()
    {
        Intake.Always = Away;
        await using AuditClient client = Create(onRejected: (_, _) => throw new InvalidOperationException("the application's own mistake"));
        await client.SendAsync(Json("bad", ",\"bad\":1"), Cancellation);
        await client.SendAsync(Json("good"), Cancellation);

        Intake.Always = null;
        await UntilAsync(() => Intake.Ids.Contains("good"));
        Assert.Equal(AuditDelivery.Accepted, await UntilAcceptedAsync(client));
    }

    private static async Task<AuditDelivery> UntilAcceptedAsync(AuditClient client)
    {
        AuditDelivery delivery = AuditDelivery.Spooled;
        for (int number = 0; delivery == AuditDelivery.Spooled && number < 1000; number++)
            delivery = await client.SendAsync(Json($"later-{number}"), Cancellation);
        return delivery;
    }
}
