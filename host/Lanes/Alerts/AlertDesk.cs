using AuditHost.Configuration.Options;
using AuditHost.Sdk;

namespace AuditHost.Lanes.Alerts;

/// <summary>
/// Decides when a destination's people are told, and of what: a new alert after its window, an open one no sooner than its repeat time, no more
/// messages than the rate allows, none in quiet hours, and that an alert is over. The lane's loop alone asks it.
/// </summary>
internal sealed class AlertDesk(AlertOptions options, AlertBook book, TimeProvider time)
{
    /// <summary>What sums up several alerts is an alert of its own, which can be resolved.</summary>
    public const string SummaryKey = "\u001fsummary";

    /// <summary>A file that grows for ever would be no file of what is open.</summary>
    private const int MostOpen = 1000;

    private readonly TokenBucket _rate = new(options.MaxMessages / options.Per.TotalSeconds, options.MaxMessages, time);

    public AlertGrouper NewGrouper() => new(options.GroupBy, time);

    /// <summary>Reads what was open before the start.</summary>
    public void Begin() => book.Read();

    /// <summary>Whether a batch with events is to be sent now.</summary>
    /// <param name="batch">What waits.</param>
    /// <param name="full">Whether it takes no more.</param>
    /// <param name="awaited">Whether somebody waits for the lane to be level, as at the end of finite sources: then nothing is waited for but the rate.</param>
    public bool IsDue(LaneBatch batch, bool full, bool awaited)
    {
        if (_rate.Available < 1)
            return false;
        if (awaited)
            return true;
        DateTimeOffset now = time.GetUtcNow();
        return batch.Alerts!.All.Any(group => !IsQuiet(group.Severity, now) && (full || IsDue(group, now)));
    }

    /// <summary>Whether there is an alert to resolve now, though no event waits.</summary>
    public bool HasResolves(LaneBatch batch) => _rate.Available >= 1 && Resolves(batch.Alerts!, time.GetUtcNow()).Any();

    /// <summary>Says what to send of a batch: each of its events is told of.</summary>
    /// <param name="batch">The batch.</param>
    /// <param name="alone">Whether nothing else is to be sent with it.</param>
    public AlertPlan Plan(LaneBatch batch, bool alone)
    {
        DateTimeOffset now = time.GetUtcNow();
        AlertGroups groups = batch.Alerts!;
        int room = Math.Max(1, _rate.Available);
        AlertGroup[] own = [.. groups.All.Where(group => !IsQuiet(group.Severity, now) && IsWanted(group, now)).OrderBy(group => book.Find(group.Key) is not null)
            .ThenByDescending(group => group.Severity).ThenByDescending(group => group.Count)];
        if (own.Length < groups.All.Count || own.Length > room)
            own = own[..Math.Min(own.Length, room - 1)];
        AlertGroup[] rest = [.. groups.All.Except(own)];
        List<AlertMessage> messages = [.. own.Select(About)];
        if (rest is [AlertGroup single])
            messages.Add(About(single));
        else if (rest.Length > 0)
            messages.Add(new AlertMessage { Key = SummaryKey, Label = $"{rest.Length} further alerts", Groups = rest, Former = book.Find(SummaryKey) });
        foreach (OpenAlert alert in Resolves(groups, now).Take(alone ? 0 : room - messages.Count))
            messages.Add(new AlertMessage { Key = alert.Key, Label = alert.Label, Action = AlertAction.Resolve, Former = alert });
        _rate.Take(messages.Count);
        return new AlertPlan(messages, groups.All.Count);
    }

    /// <summary>Takes note of what became of the messages. What is refused is not open: its events are dead letters.</summary>
    /// <param name="batch">The batch, while it holds its events; what a message was about.</param>
    /// <param name="plan">The messages, with what became of them.</param>
    public void Settle(LaneBatch batch, AlertPlan plan)
    {
        DateTimeOffset now = time.GetUtcNow();
        for (int index = 0; index < plan.Messages.Count; index++)
        {
            AlertMessage message = plan.Messages[index];
            if (message.Action == AlertAction.Resolve)
                book.Remove(message.Key);
            else if (plan.RefusalOf(index) is null)
                book.Put(Opened(message, batch, now));
        }

        while (book.Open.Count > MostOpen)
            book.Remove(book.Open.MinBy(alert => alert.SentAt)!.Key);
        book.Write();
    }

    private static OpenAlert Opened(AlertMessage message, LaneBatch batch, DateTimeOffset now)
    {
        AlertGroup first = message.Groups[0];
        var opened = message.Former ?? new OpenAlert
        {
            Key = message.Key,
            Label = message.Label,
            EventType = message.IsSummary ? "AlertSummary" : batch[first.Index].Type.ToString(),
            OpenedAt = now,
        };
        Severity severity = message.Groups.Max(group => group.Severity);
        return opened with { Label = message.Label, SentAt = now, Total = opened.Total + message.Count, Severity = severity > opened.Severity ? severity : opened.Severity };
    }

    private AlertMessage About(AlertGroup group) => new() { Key = group.Key, Label = group.Label, Groups = [group], Former = book.Find(group.Key) };

    /// <summary>The first message waits for company from the moment its first event was read, a further one for the time since the one before.</summary>
    private bool IsDue(AlertGroup group, DateTimeOffset now) => book.Find(group.Key) is { } alert
        ? now - alert.SentAt >= options.RepeatAfter || now < alert.SentAt
        : time.GetElapsedTime(group.OpenedAt) >= options.GroupWindow;

    /// <summary>Whether a message of its own may tell of it, once a batch goes out: a new alert, or an open one whose time has come.</summary>
    private bool IsWanted(AlertGroup group, DateTimeOffset now) => book.Find(group.Key) is null || IsDue(group, now);

    private IEnumerable<OpenAlert> Resolves(AlertGroups groups, DateTimeOffset now) => options.ResolveAfter == TimeSpan.Zero
        ? []
        : book.Open.Where(alert => now - alert.SentAt >= options.ResolveAfter && groups.Find(alert.Key) is null && !IsQuiet(alert.Severity, now)).OrderBy(alert => alert.SentAt);

    private bool IsQuiet(Severity severity, DateTimeOffset now) => options.QuietHours.Any(hours => hours.Hold(severity, now));
}
