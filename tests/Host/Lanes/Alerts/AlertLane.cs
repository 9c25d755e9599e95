using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using AuditHost.Configuration.Options;
using AuditHost.Journal;
using AuditHost.Sdk;
using AuditHost.Tests.Delivery;
using AuditHost.Tests.Journal;

namespace AuditHost.Tests.Lanes.Alerts;

/// <summary>A lane whose events become messages, the clock that it lives by, and the messages that came.</summary>
internal sealed class AlertLane : IAsyncDisposable
{
    private static readonly TimeSpan Step = TimeSpan.FromSeconds(1);

    private readonly ConcurrentQueue<JsonElement> _messages = new();
    private readonly ConcurrentQueue<int> _calls = new();
    private readonly ConcurrentQueue<string> _keys = new();
    private readonly LaneFixture _lane;
    private readonly DateTimeOffset _start;

    /// <param name="journal">The journal.</param>
    /// <param name="options">How events become messages.</param>
    /// <param name="book">The file of open alerts.</param>
    /// <param name="answer">What the destination says to a message; without it, that it is delivered.</param>
    /// <param name="batch">The most messages that the connector takes at a time.</param>
    /// <param name="later">How much later than any other it begins.</param>
    /// <param name="batchBytes">The most bytes that the connector takes at a time.</param>
    /// <param name="quota">The share of the journal.</param>
    /// <param name="threshold">The least severity.</param>
    /// <param name="giveUpAfter">When events are given up.</param>
    public AlertLane(
        EventJournal journal, AlertOptions? options = null, string? book = null, Func<JsonElement, DeliveryResult>? answer = null, int batch = 500, TimeSpan later = default,
        int batchBytes = 1 << 20, long? quota = null, Severity threshold = Severity.Info, TimeSpan? giveUpAfter = null)
    {
        var connector = new ScriptedConnector((sent, _) =>
        {
            _calls.Enqueue(sent.Count);
            JsonElement[] messages = [.. Enumerable.Range(0, sent.Count).Select(index => JsonDocument.Parse(sent[index].Event.Json.ToArray()).RootElement)];
            foreach (JsonElement message in messages)
            {
                DeliveryResult result = answer?.Invoke(message) ?? DeliveryResult.Delivered;
                if (!result.IsDelivered)
                    return ValueTask.FromResult(result);
            }

            foreach (JsonElement message in messages)
                _messages.Enqueue(message);
            foreach (int index in Enumerable.Range(0, sent.Count))
                _keys.Enqueue(sent[index].Key);
            return ValueTask.FromResult(DeliveryResult.Delivered);
        });
        _lane = new LaneFixture(
            journal, connector, batch: batch, maxBytes: batchBytes, alerts: book, filters: new FilterOptions.SeverityThreshold(threshold),
            configure: other => other with { Alert = options ?? new AlertOptions(), Quota = quota, GiveUpAfter = giveUpAfter });
        _lane.Time.Advance(later);
        _start = _lane.Time.GetUtcNow();
        _lane.Start();
    }

    /// <summary>What came, as the connector saw it.</summary>
    public IReadOnlyList<JsonElement> Messages => [.. _messages];

    /// <summary>The delivery key of each.</summary>
    public IReadOnlyList<string> Keys => [.. _keys];

    /// <summary>How many messages each call had.</summary>
    public IReadOnlyList<int> Calls => [.. _calls];

    public IEnumerable<JsonElement> Alerts => Messages.Select(message => message.GetProperty("alert"));

    public CursorState Books => _lane.Lane.Books;

    public LaneFixture Fixture => _lane;

    /// <summary>How long it has lived by its clock.</summary>
    public TimeSpan Age => _lane.Time.GetUtcNow() - _start;

    public static string Event(int number, string type = "SecurityEvent", string severity = "High", string further = "") =>
        string.Create(CultureInfo.InvariantCulture, $$"""{"event_id":"e-{{number}}","event_type":"{{type}}","severity":"{{severity}}"{{further}}}""");

    public static IEnumerable<string> Events(int count, string type = "SecurityEvent", string severity = "High") =>
        Enumerable.Range(0, count).Select(number => Event(number, type, severity));

    /// <summary>Lets time go by, a second at a time, until so many messages have come and are booked.</summary>
    public async Task UntilAsync(int messages, TimeSpan? most = null)
    {
        DateTimeOffset end = _lane.Time.GetUtcNow() + (most ?? TimeSpan.FromHours(24));
        while (_messages.Count < messages)
        {
            Assert.True(_lane.Time.GetUtcNow() < end, $"After {Age} there are {_messages.Count} messages instead of {messages}.");
            await StepAsync();
        }
    }

    /// <summary>Lets time go by.</summary>
    public async Task PassAsync(TimeSpan time)
    {
        for (DateTimeOffset end = _lane.Time.GetUtcNow() + time; _lane.Time.GetUtcNow() < end;)
            await StepAsync();
    }

    /// <summary>Lets time go by whatever is under way, for a destination that is tried again.</summary>
    public async Task RunOnAsync(Func<bool> until)
    {
        for (var watch = Stopwatch.StartNew(); !until(); await Task.Delay(1, TestContext.Current.CancellationToken))
        {
            Assert.True(watch.Elapsed < JournalFolder.Patience, $"Not so after {Age}.");
            _lane.Time.Advance(Step);
        }
    }

    /// <summary>Lets time go by until so many events are delivered.</summary>
    public async Task UntilDeliveredAsync(ulong events, ulong deadLettered = 0)
    {
        while (Books.Delivered < events || Books.DeadLettered < deadLettered)
            await StepAsync();
        Assert.Equal(events, Books.Delivered);
    }

    public async ValueTask DisposeAsync()
    {
        _lane.AssertBalanced();
        await _lane.DisposeAsync();
    }

    /// <summary>Time stands still while a message is under way, or events are read: a lane at rest has the timer of its next look alone.</summary>
    private async Task StepAsync()
    {
        for (var watch = Stopwatch.StartNew(); _lane.Time.Timers != 1 || !(_lane.Lane.Progress.IsHolding || _lane.Lane.Buffered == 0); await Task.Yield())
            Assert.True(watch.Elapsed < JournalFolder.Patience, $"The lane does not come to rest: {_lane.Time.Timers} timers.");
        _lane.Time.Advance(Step);
    }
}
