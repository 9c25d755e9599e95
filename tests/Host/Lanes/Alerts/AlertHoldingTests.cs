using System.Text.Json;
using AuditHost.Configuration.Options;
using AuditHost.Journal;
using AuditHost.Sdk;
using AuditHost.Tests.Journal;

namespace AuditHost.Tests.Lanes.Alerts;

/// <summary>What is held back, for how long, and what ends it: quiet hours, the rate of messages, the room in the journal.</summary>
public sealed class AlertHoldingTests : AlertLaneTest
{
    [Fact]
    public async Task Quiet_hours_hold_back_all_but_what_is_excepted_and_end_with_what_was_held()
    {
        // The clock begins at 20:00 UTC.
        var night = new QuietHours(new TimeOnly(19, 0), new TimeOnly(21, 0), [], TimeZoneInfo.Utc, Severity.Critical);
        await using EventJournal journal = Folder.Open();
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
        await using EventJournal journal = Folder.Open();
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
    public async Task A_long_backlog_in_quiet_hours_does_not_hide_what_is_excepted()
    {
        var night = new QuietHours(new TimeOnly(19, 0), new TimeOnly(21, 0), [], TimeZoneInfo.Utc, Severity.Critical);
        await using EventJournal journal = Folder.Open();
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
        await using EventJournal journal = Folder.Open();
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
        await using EventJournal journal = Folder.Open();
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
    public async Task What_was_held_back_for_long_is_not_given_up_for_it()
    {
        var night = new QuietHours(new TimeOnly(19, 0), new TimeOnly(21, 0), [], TimeZoneInfo.Utc, null);
        int failures = 1;
        await using EventJournal journal = Folder.Open();
        await using var lane = new AlertLane(
            journal, new AlertOptions { QuietHours = [night] }, giveUpAfter: TimeSpan.FromMinutes(30),
            answer: _ => Interlocked.Decrement(ref failures) >= 0 ? DeliveryResult.Failed(FailureKind.Misconfigured, "for now") : DeliveryResult.Delivered);
        await JournalFolder.AppendAsync(journal, AlertLane.Events(5));
        await lane.PassAsync(TimeSpan.FromMinutes(50));

        await lane.RunOnAsync(() => lane.Books.Delivered == 5);

        Assert.Equal(-1, failures);
        Assert.Equal(0UL, lane.Books.DeadLettered);
    }
}
