using System.Text.Json;
using AuditHost.Configuration.Options;
using AuditHost.Journal;
using AuditHost.Tests.Journal;

namespace AuditHost.Tests.Lanes.Alerts;

/// <summary>What a message tells: its groups, their counts, and which event stands for them.</summary>
public sealed class AlertMessageTests : AlertLaneTest
{
    [Fact]
    public async Task A_storm_is_one_message_for_each_alert_with_its_count()
    {
        await using EventJournal journal = Folder.Open();
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
        await using EventJournal journal = Folder.Open();
        await using var lane = new AlertLane(journal);
        await JournalFolder.AppendAsync(journal, AlertLane.Events(100));

        await lane.PassAsync(TimeSpan.FromSeconds(5));

        Assert.Empty(lane.Messages);
        Assert.Equal((0UL, 100UL, false), (lane.Books.Delivered, lane.Fixture.Lane.Buffered, lane.Fixture.Lane.Progress.IsStalled));
        await lane.UntilAsync(1);
    }

    [Fact]
    public async Task What_would_be_too_many_messages_is_summed_up_in_one()
    {
        await using EventJournal journal = Folder.Open();
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
        await using EventJournal journal = Folder.Open();
        await using var lane = new AlertLane(journal, new AlertOptions { GroupBy = ["event_id"], MaxMessages = 1000 });
        await JournalFolder.AppendAsync(journal, Enumerable.Range(0, 2_000).Select(number => AlertLane.Event(number)));

        await lane.UntilAsync(500);

        Assert.Equal(2_000, lane.Alerts.Sum(alert => alert.GetProperty("count").GetInt32()));
        Assert.Equal(1_501, lane.Alerts.Single(alert => alert.GetProperty("group").GetString() == "others").GetProperty("count").GetInt32());
    }

    [Fact]
    public async Task Whoever_waits_for_the_lane_to_be_level_waits_for_no_window()
    {
        await using EventJournal journal = Folder.Open();
        await using var lane = new AlertLane(journal);
        await JournalFolder.AppendAsync(journal, AlertLane.Events(30));

        Assert.True(await lane.Fixture.LevelAsync(31));

        Assert.Equal((30, TimeSpan.Zero), (lane.Alerts.Single().GetProperty("count").GetInt32(), lane.Age));
    }

    [Fact]
    public async Task Most_severe_event_stands_for_its_alert_and_none_writes_the_hosts_words()
    {
        await using EventJournal journal = Folder.Open();
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
        await using EventJournal journal = Folder.Open();
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
        await using EventJournal journal = Folder.Open();
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
    public async Task Every_message_has_a_key_of_its_own()
    {
        await using EventJournal journal = Folder.Open();
        await using var lane = new AlertLane(journal);
        await JournalFolder.AppendAsync(journal, [.. AlertLane.Events(5), .. AlertLane.Events(5, "ErrorEvent")]);
        await lane.UntilAsync(4);
        await JournalFolder.AppendAsync(journal, AlertLane.Events(1, "Third"));
        await lane.UntilAsync(5);

        Assert.Equal(5, lane.Keys.Distinct().Count());
    }
}
