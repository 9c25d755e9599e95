using System.Text.Json;
using AuditHost.Configuration.Options;
using AuditHost.Journal;
using AuditHost.Lanes;
using AuditHost.Sdk;
using AuditHost.Tests.Journal;

namespace AuditHost.Tests.Lanes.Alerts;

/// <summary>An alert from its first message to its end: told of again, summed up, resolved, over a restart too.</summary>
public sealed class OpenAlertTests : AlertLaneTest
{
    [Fact]
    public async Task An_open_alert_is_told_of_again_no_sooner_than_its_time()
    {
        await using EventJournal journal = Folder.Open();
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
    public async Task An_alert_without_further_events_is_resolved_once()
    {
        await using EventJournal journal = Folder.Open();
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
        await using EventJournal journal = Folder.Open();
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
    public async Task What_a_summary_told_of_stays_open()
    {
        await using EventJournal journal = Folder.Open();
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
        await using EventJournal journal = Folder.Open();
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
    public async Task The_end_of_an_alert_that_is_refused_is_reported()
    {
        await using EventJournal journal = Folder.Open();
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
}
