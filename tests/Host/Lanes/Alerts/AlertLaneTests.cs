using System.Text.Json;
using AuditHost.Configuration.Options;
using AuditHost.Intake;
using AuditHost.Journal;
using AuditHost.Lanes;
using AuditHost.Sdk;
using AuditHost.Tests.Journal;

namespace AuditHost.Tests.Lanes.Alerts;

/// <summary>What people are told of, and when; and that no event is lost on the way.</summary>
public sealed class AlertLaneTests : IDisposable
{
    private readonly JournalFolder _folder = new();

    private string Book => Path.Combine(_folder.Path, "alerts", "d.json");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_storm_is_one_message_for_each_alert_with_its_count()
    {
        await using EventJournal journal = _folder.Open();
        await using var lane = new AlertLane(journal);
        await JournalFolder.AppendAsync(journal, [.. AlertLane.Events(9_000), .. AlertLane.Events(1_000, "ErrorEvent", "Critical")]);

        await lane.UntilAsync(2);

        Assert.True(lane.Age >= TimeSpan.FromSeconds(10), $"{lane.Age}");
        Assert.Equal([("ErrorEvent Critical", 1_000), ("SecurityEvent High", 9_000)], lane.Alerts.Select(alert => (alert.GetProperty("group").GetString(), alert.GetProperty("count").GetInt32())));
        Assert.All(lane.Alerts, alert => Assert.Equal(("trigger", false), (alert.GetProperty("action").GetString(), alert.GetProperty("update").GetBoolean())));
        Assert.Equal(["e-0", "e-0"], lane.Messages.Select(message => message.GetProperty("event_id").GetString()));
        await lane.UntilDeliveredAsync(10_000);
    }

    [Fact]
    public async Task Events_are_buffered_until_their_message_is_taken()
    {
        await using EventJournal journal = _folder.Open();
        await using var lane = new AlertLane(journal);
        await JournalFolder.AppendAsync(journal, AlertLane.Events(100));

        await lane.PassAsync(TimeSpan.FromSeconds(5));

        Assert.Empty(lane.Messages);
        Assert.Equal((0UL, 100UL, false), (lane.Books.Delivered, lane.Fixture.Lane.Buffered, lane.Fixture.Lane.Progress.IsStalled));
        await lane.UntilAsync(1);
    }

    [Fact]
    public async Task An_open_alert_is_told_of_again_no_sooner_than_its_time()
    {
        await using EventJournal journal = _folder.Open();
        await using var lane = new AlertLane(journal);
        await JournalFolder.AppendAsync(journal, AlertLane.Events(5));
        await lane.UntilAsync(1);
        TimeSpan first = lane.Age;
        await JournalFolder.AppendAsync(journal, AlertLane.Events(30));

        await lane.UntilAsync(2);

        Assert.InRange(lane.Age - first, TimeSpan.FromMinutes(5) - TimeSpan.FromSeconds(5), TimeSpan.FromMinutes(5) + TimeSpan.FromSeconds(5));
        JsonElement update = lane.Alerts.Last();
        Assert.Equal((30, 35, true), (update.GetProperty("count").GetInt32(), update.GetProperty("total").GetInt32(), update.GetProperty("update").GetBoolean()));
        Assert.Single(lane.Alerts.Select(alert => alert.GetProperty("dedup_key").GetString()).Distinct());
    }

    [Fact]
    public async Task What_would_be_too_many_messages_is_summed_up_in_one()
    {
        await using EventJournal journal = _folder.Open();
        await using var lane = new AlertLane(journal, new AlertOptions { MaxMessages = 3 });
        await JournalFolder.AppendAsync(journal, Enumerable.Range(0, 1_000).Select(number => AlertLane.Event(number, $"Type{number % 40}")));

        await lane.UntilAsync(3);

        Assert.Equal([25, 25, 950], lane.Alerts.Select(alert => alert.GetProperty("count").GetInt32()));
        JsonElement summary = lane.Messages[^1];
        Assert.Equal(("AlertSummary", "38 further alerts"), (summary.GetProperty("event_type").GetString(), summary.GetProperty("alert").GetProperty("group").GetString()));
        Assert.Equal(20, summary.GetProperty("alert").GetProperty("groups").GetArrayLength());
        await lane.UntilDeliveredAsync(1_000);
    }

    [Fact]
    public async Task Too_many_kinds_of_alerts_share_the_last_one()
    {
        await using EventJournal journal = _folder.Open();
        await using var lane = new AlertLane(journal, new AlertOptions { GroupBy = ["event_id"], MaxMessages = 1000 });
        await JournalFolder.AppendAsync(journal, Enumerable.Range(0, 2_000).Select(number => AlertLane.Event(number)));

        await lane.UntilAsync(500);

        Assert.Equal(2_000, lane.Alerts.Sum(alert => alert.GetProperty("count").GetInt32()));
        Assert.Equal(1_501, lane.Alerts.Single(alert => alert.GetProperty("group").GetString() == "others").GetProperty("count").GetInt32());
    }

    [Fact]
    public async Task Quiet_hours_hold_back_all_but_what_is_excepted_and_end_with_what_was_held()
    {
        // The clock begins at 20:00 UTC.
        var night = new QuietHours(new TimeOnly(19, 0), new TimeOnly(21, 0), [], TimeZoneInfo.Utc, Severity.Critical);
        await using EventJournal journal = _folder.Open();
        await using var lane = new AlertLane(journal, new AlertOptions { QuietHours = [night] });
        await JournalFolder.AppendAsync(journal, AlertLane.Events(70));

        await lane.PassAsync(TimeSpan.FromMinutes(30));
        Assert.Empty(lane.Messages);
        await lane.UntilAsync(1);

        Assert.True(lane.Age >= TimeSpan.FromHours(1), $"{lane.Age}");
        Assert.Equal(70, lane.Alerts.Single().GetProperty("count").GetInt32());
    }

    [Fact]
    public async Task What_is_severe_enough_goes_out_in_quiet_hours()
    {
        var night = new QuietHours(new TimeOnly(19, 0), new TimeOnly(21, 0), [], TimeZoneInfo.Utc, Severity.Critical);
        await using EventJournal journal = _folder.Open();
        await using var lane = new AlertLane(journal, new AlertOptions { QuietHours = [night] });
        await JournalFolder.AppendAsync(journal, [.. AlertLane.Events(70), .. AlertLane.Events(1, severity: "Critical")]);

        await lane.UntilAsync(1, TimeSpan.FromMinutes(1));

        // What is quiet makes no message of its own, and goes along.
        JsonElement message = lane.Messages.Single();
        Assert.Equal(("Critical", "SecurityEvent Critical", 71), (message.GetProperty("severity").GetString(), message.GetProperty("alert").GetProperty("group").GetString(), message.GetProperty("alert").GetProperty("count").GetInt32()));
        Assert.Equal(
            [("SecurityEvent Critical", 1), ("SecurityEvent High", 70)],
            message.GetProperty("alert").GetProperty("groups").EnumerateArray().Select(group => (group.GetProperty("group").GetString(), group.GetProperty("count").GetInt32())));
        await lane.PassAsync(TimeSpan.FromMinutes(2));
        Assert.Single(lane.Messages);
        await lane.UntilDeliveredAsync(71);
    }

    [Fact]
    public async Task An_alert_without_further_events_is_resolved_once()
    {
        await using EventJournal journal = _folder.Open();
        await using var lane = new AlertLane(journal);
        await JournalFolder.AppendAsync(journal, AlertLane.Events(5));
        await lane.UntilAsync(1);

        await lane.UntilAsync(2);
        Assert.True(lane.Age >= TimeSpan.FromMinutes(30), $"{lane.Age}");
        await lane.PassAsync(TimeSpan.FromHours(1));

        Assert.Equal(2, lane.Messages.Count);
        JsonElement resolved = lane.Messages[1];
        Assert.Equal(
            ("resolve", "SecurityEvent", "High", 0, 5),
            (resolved.GetProperty("alert").GetProperty("action").GetString(), resolved.GetProperty("event_type").GetString(), resolved.GetProperty("severity").GetString(),
                resolved.GetProperty("alert").GetProperty("count").GetInt32(), resolved.GetProperty("alert").GetProperty("total").GetInt32()));
        Assert.Single(lane.Alerts.Select(alert => alert.GetProperty("dedup_key").GetString()).Distinct());
        Assert.Equal(5UL, lane.Books.Delivered);
    }

    [Fact]
    public async Task Open_alerts_and_what_was_held_back_survive_a_restart()
    {
        await using EventJournal journal = _folder.Open();
        await using (var before = new AlertLane(journal, book: Book))
        {
            await JournalFolder.AppendAsync(journal, AlertLane.Events(5));
            await before.UntilAsync(1);
            await before.UntilDeliveredAsync(5);
            await JournalFolder.AppendAsync(journal, AlertLane.Events(7));
            await before.PassAsync(TimeSpan.FromSeconds(20));
            Assert.Single(before.Messages);
        }

        await using var after = new AlertLane(journal, book: Book, later: TimeSpan.FromMinutes(1));
        await after.UntilAsync(1);

        Assert.True(after.Age >= TimeSpan.FromMinutes(3), $"{after.Age}");
        JsonElement update = after.Alerts.Single();
        Assert.Equal((7, 12, true), (update.GetProperty("count").GetInt32(), update.GetProperty("total").GetInt32(), update.GetProperty("update").GetBoolean()));
    }

    [Fact]
    public async Task Each_event_of_a_refused_message_is_a_dead_letter()
    {
        await using EventJournal journal = _folder.Open();
        await using var lane = new AlertLane(journal, answer: message => message.GetProperty("event_type").GetString() == "ErrorEvent"
            ? DeliveryResult.Failed(FailureKind.Rejected, "no such room")
            : DeliveryResult.Delivered);
        await JournalFolder.AppendAsync(journal, [.. AlertLane.Events(30), .. AlertLane.Events(20, "ErrorEvent")]);

        await lane.UntilDeliveredAsync(30);

        Assert.Equal(20UL, lane.Books.DeadLettered);
        Assert.Equal(Enumerable.Range(31, 20).Select(sequence => (ulong)sequence), lane.Fixture.Letters.Letters.Select(letter => letter.Sequence));
        Assert.All(lane.Fixture.Letters.Letters, letter => Assert.Equal(AlertLane.Event((int)letter.Sequence - 31, "ErrorEvent"), System.Text.Encoding.UTF8.GetString(letter.Original.Span)));
    }

    [Fact]
    public async Task A_call_has_no_more_messages_than_the_connector_takes_and_each_event_has_its_own_outcome()
    {
        await using EventJournal journal = _folder.Open();
        await using var lane = new AlertLane(
            journal, batch: 2, answer: message => message.GetProperty("event_type").GetString() == "Type3" ? DeliveryResult.Failed(FailureKind.Rejected, "no") : DeliveryResult.Delivered);
        using DeliveryTicket ticket = lane.Fixture.Lane.Follow();
        AppendReceipt receipt = await JournalFolder.AppendAsync(journal, Enumerable.Range(0, 50).Select(number => AlertLane.Event(number, $"Type{number % 5}")));
        ticket.Expect(receipt, receipt.Last + 1);

        await lane.UntilDeliveredAsync(40);

        Assert.All(lane.Calls, size => Assert.InRange(size, 1, 2));
        DeliveryOutcome outcome = ticket.Outcome();
        Assert.Equal((true, 40, 10, 0), (outcome.IsSettled, outcome.Delivered, outcome.DeadLettered, outcome.Pending));
        Assert.Equal(10, lane.Fixture.Letters.Letters.Count);
    }

    [Fact]
    public async Task Whoever_waits_for_the_lane_to_be_level_waits_for_no_window()
    {
        await using EventJournal journal = _folder.Open();
        await using var lane = new AlertLane(journal);
        await JournalFolder.AppendAsync(journal, AlertLane.Events(30));

        Assert.True(await lane.Fixture.LevelAsync(31));

        Assert.Equal((30, TimeSpan.Zero), (lane.Alerts.Single().GetProperty("count").GetInt32(), lane.Age));
    }

    [Fact]
    public async Task Most_severe_event_stands_for_its_alert_and_none_writes_the_hosts_words()
    {
        await using EventJournal journal = _folder.Open();
        await using var lane = new AlertLane(journal, new AlertOptions { GroupBy = ["event_type"] });
        await JournalFolder.AppendAsync(
            journal, AlertLane.Event(1, severity: "Medium"), AlertLane.Event(2, severity: "Critical", further: ""","alert":{"action":"resolve","count":0}"""), AlertLane.Event(3, severity: "High"));

        await lane.UntilAsync(1);

        JsonElement message = lane.Messages.Single();
        Assert.Equal("e-2", message.GetProperty("event_id").GetString());
        Assert.Single(message.EnumerateObject(), member => member.NameEquals("alert"));
        Assert.Equal(
            ("trigger", 3, "Critical"),
            (message.GetProperty("alert").GetProperty("action").GetString(), message.GetProperty("alert").GetProperty("count").GetInt32(), message.GetProperty("alert").GetProperty("severity").GetString()));
    }

    [Fact]
    public async Task What_a_connector_takes_at_a_time_does_not_bound_what_is_grouped()
    {
        await using EventJournal journal = _folder.Open();
        await using var lane = new AlertLane(journal, batchBytes: 28 << 10);
        string large = $",\"text\":\"{new string('x', 20 << 10)}\"";
        await JournalFolder.AppendAsync(journal, Enumerable.Range(0, 60).Select(number => AlertLane.Event(number, $"Type{number % 3}", further: large)));

        await lane.UntilAsync(3);

        Assert.True(lane.Age >= TimeSpan.FromSeconds(10), $"{lane.Age}");
        Assert.Equal([20, 20, 20], lane.Alerts.Select(alert => alert.GetProperty("count").GetInt32()));
    }

    [Fact]
    public async Task Events_too_large_to_be_held_for_each_alert_share_one_and_the_most_severe_stands_for_it()
    {
        await using EventJournal journal = _folder.Open();
        await using var lane = new AlertLane(journal, new AlertOptions { GroupBy = ["event_type"], MaxMessages = 1000 });
        string large = $",\"text\":\"{new string('x', 900 << 10)}\"";
        for (int number = 0; number < 15; number++)
            await JournalFolder.AppendAsync(journal, AlertLane.Event(number, $"Type{number}", number == 12 ? "Critical" : "Low", large));

        await lane.UntilAsync(10);

        Assert.Equal(15, lane.Alerts.Sum(alert => alert.GetProperty("count").GetInt32()));
        JsonElement others = lane.Messages.Single(message => message.GetProperty("alert").GetProperty("group").GetString() == "others");
        Assert.Equal(("e-12", "Critical", 6), (others.GetProperty("event_id").GetString(), others.GetProperty("alert").GetProperty("severity").GetString(), others.GetProperty("alert").GetProperty("count").GetInt32()));
    }

    [Fact]
    public async Task A_long_backlog_in_quiet_hours_does_not_hide_what_is_excepted()
    {
        var night = new QuietHours(new TimeOnly(19, 0), new TimeOnly(21, 0), [], TimeZoneInfo.Utc, Severity.Critical);
        await using EventJournal journal = _folder.Open();
        await using var lane = new AlertLane(journal, new AlertOptions { QuietHours = [night] });
        for (int part = 0; part < 27; part++)
            await JournalFolder.AppendAsync(journal, AlertLane.Events(10_000));
        await JournalFolder.AppendAsync(journal, AlertLane.Event(1, severity: "Critical"));

        await lane.UntilAsync(2, TimeSpan.FromMinutes(1));

        Assert.Contains(lane.Messages, message => message.GetProperty("severity").GetString() == "Critical");
        await lane.UntilDeliveredAsync(270_001);
    }

    [Fact]
    public async Task What_is_held_back_is_told_of_before_the_journal_has_no_room_left()
    {
        var night = new QuietHours(new TimeOnly(19, 0), new TimeOnly(21, 0), [], TimeZoneInfo.Utc, null);
        await using EventJournal journal = _folder.Open();
        await using var lane = new AlertLane(journal, new AlertOptions { QuietHours = [night] }, quota: 1 << 20);
        string large = $",\"text\":\"{new string('x', 100 << 10)}\"";
        await JournalFolder.AppendAsync(journal, AlertLane.Event(1, further: large));
        await lane.PassAsync(TimeSpan.FromMinutes(5));
        Assert.Empty(lane.Messages);

        await JournalFolder.AppendAsync(journal, Enumerable.Range(2, 6).Select(number => AlertLane.Event(number, further: large)));
        await lane.UntilAsync(1, TimeSpan.FromMinutes(1));

        Assert.Equal(7, lane.Alerts.Single().GetProperty("count").GetInt32());
    }

    [Fact]
    public async Task Every_message_counts_in_any_stretch_of_time_over_a_restart_too()
    {
        await using EventJournal journal = _folder.Open();
        var options = new AlertOptions { MaxMessages = 3, GroupWindow = TimeSpan.FromSeconds(1), RepeatAfter = TimeSpan.FromSeconds(1) };
        await using (var before = new AlertLane(journal, options, book: Book))
        {
            for (int number = 0; number < 6; number++)
            {
                await JournalFolder.AppendAsync(journal, AlertLane.Event(number, $"Type{number}"));
                await before.PassAsync(TimeSpan.FromSeconds(5));
            }

            Assert.Equal(3, before.Messages.Count);
        }

        await using var after = new AlertLane(journal, options, book: Book, later: TimeSpan.FromSeconds(30));
        await after.PassAsync(TimeSpan.FromSeconds(15));
        Assert.Empty(after.Messages);
        await after.UntilAsync(1);
    }

    [Fact]
    public async Task What_a_summary_told_of_stays_open()
    {
        await using EventJournal journal = _folder.Open();
        await using var lane = new AlertLane(journal, new AlertOptions { MaxMessages = 3, RepeatAfter = TimeSpan.FromMinutes(20) });
        await JournalFolder.AppendAsync(journal, AlertLane.Events(5));
        await lane.UntilAsync(1);
        await lane.PassAsync(TimeSpan.FromMinutes(25));
        await JournalFolder.AppendAsync(journal, [.. AlertLane.Events(7), .. Enumerable.Range(0, 9).Select(number => AlertLane.Event(number, $"Type{number}"))]);
        await lane.UntilAsync(4);
        Assert.Equal(14, lane.Alerts.Last().GetProperty("count").GetInt32());

        await lane.PassAsync(TimeSpan.FromMinutes(10));
        Assert.DoesNotContain(lane.Alerts, alert => alert.GetProperty("action").GetString() == "resolve");
        await lane.UntilAsync(5);

        JsonElement resolved = lane.Alerts.First(alert => alert.GetProperty("action").GetString() == "resolve" && alert.GetProperty("group").GetString() == "SecurityEvent High");
        Assert.Equal(12, resolved.GetProperty("total").GetInt32());
    }

    [Fact]
    public async Task A_lane_that_lags_does_not_take_for_over_what_it_has_not_read()
    {
        await using EventJournal journal = _folder.Open();
        await using (var before = new AlertLane(journal, book: Book, threshold: Severity.High))
        {
            await JournalFolder.AppendAsync(journal, AlertLane.Events(5));
            await before.UntilAsync(1);
            await before.UntilDeliveredAsync(5);
        }

        await JournalFolder.AppendAsync(journal, [.. AlertLane.Events(20_000, severity: "Low"), .. AlertLane.Events(1)]);
        await using var after = new AlertLane(journal, book: Book, later: TimeSpan.FromMinutes(40), threshold: Severity.High);
        await after.UntilAsync(1);

        Assert.Equal(("trigger", 1, 6), (after.Alerts.First().GetProperty("action").GetString(), after.Alerts.First().GetProperty("count").GetInt32(), after.Alerts.First().GetProperty("total").GetInt32()));
    }

    [Fact]
    public async Task Every_message_has_a_key_of_its_own()
    {
        await using EventJournal journal = _folder.Open();
        await using var lane = new AlertLane(journal);
        await JournalFolder.AppendAsync(journal, [.. AlertLane.Events(5), .. AlertLane.Events(5, "ErrorEvent")]);
        await lane.UntilAsync(4);
        await JournalFolder.AppendAsync(journal, AlertLane.Events(1, "Third"));
        await lane.UntilAsync(5);

        Assert.Equal(5, lane.Keys.Distinct().Count());
    }

    [Fact]
    public async Task The_end_of_an_alert_that_is_refused_is_reported()
    {
        await using EventJournal journal = _folder.Open();
        await using var lane = new AlertLane(journal, answer: message => message.GetProperty("alert").GetProperty("action").GetString() == "resolve"
            ? DeliveryResult.Failed(FailureKind.Rejected, "no such alert")
            : DeliveryResult.Delivered);
        await JournalFolder.AppendAsync(journal, AlertLane.Events(5));
        await lane.UntilAsync(1);

        LaneStatistics statistics = lane.Fixture.Lane.Destination.Statistics;
        await lane.RunOnAsync(() => statistics.LastError is not null);

        Assert.Equal("no such alert", statistics.LastError);
        await lane.PassAsync(TimeSpan.FromHours(1));
        Assert.Equal(2, lane.Calls.Count);
        Assert.Equal((5UL, 0UL), (lane.Books.Delivered, lane.Books.DeadLettered));
    }

    [Fact]
    public async Task A_refused_message_about_a_storm_is_kept_in_parts_and_shows_once_what_was_sent()
    {
        await using EventJournal journal = _folder.Open();
        await using var lane = new AlertLane(journal, answer: _ => DeliveryResult.Failed(FailureKind.Rejected, "no"));
        await JournalFolder.AppendAsync(journal, AlertLane.Events(3_500));

        await lane.UntilDeliveredAsync(0, deadLettered: 3_500);

        Assert.Equal([1_000, 1_000, 1_000, 500], lane.Fixture.Letters.Calls);
        Assert.Single(lane.Fixture.Letters.Letters, letter => !letter.Sent.IsEmpty);
        Assert.Equal(Enumerable.Range(1, 3_500).Select(sequence => (ulong)sequence), lane.Fixture.Letters.Letters.Select(letter => letter.Sequence).Order());
    }

    [Fact]
    public async Task What_was_held_back_for_long_is_not_given_up_for_it()
    {
        var night = new QuietHours(new TimeOnly(19, 0), new TimeOnly(21, 0), [], TimeZoneInfo.Utc, null);
        int failures = 1;
        await using EventJournal journal = _folder.Open();
        await using var lane = new AlertLane(
            journal, new AlertOptions { QuietHours = [night] }, giveUpAfter: TimeSpan.FromMinutes(30),
            answer: _ => Interlocked.Decrement(ref failures) >= 0 ? DeliveryResult.Failed(FailureKind.Misconfigured, "for now") : DeliveryResult.Delivered);
        await JournalFolder.AppendAsync(journal, AlertLane.Events(5));
        await lane.PassAsync(TimeSpan.FromMinutes(50));

        await lane.RunOnAsync(() => lane.Books.Delivered == 5);

        Assert.Equal(-1, failures);
        Assert.Equal(0UL, lane.Books.DeadLettered);
    }

    [Fact]
    public async Task A_stop_between_two_calls_lets_the_rest_of_the_batch_have_its_grace()
    {
        await using EventJournal journal = _folder.Open();
        AlertLane? lane = null;
        Task? stopped = null;
        await using (lane = new AlertLane(journal, batch: 1, book: Book, answer: _ =>
        {
            stopped ??= lane!.Fixture.StopAsync();
            return DeliveryResult.Delivered;
        }))
        {
            await JournalFolder.AppendAsync(journal, Enumerable.Range(0, 30).Select(number => AlertLane.Event(number, $"Type{number % 3}")));
            await lane.RunOnAsync(() => stopped is { IsCompleted: true });

            Assert.Equal(3, lane.Messages.Count);
            Assert.Equal(30UL, lane.Books.Delivered);
        }
    }
}
