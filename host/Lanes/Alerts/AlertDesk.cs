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

    private readonly MessageRate _rate = new(options, time);

    public AlertGrouper NewGrouper() => new(options.GroupBy, time);

    /// <summary>Reads what was open before the start.</summary>
    public void Begin()
    {
        book.Read();
        DateTimeOffset now = time.GetUtcNow();
        _rate.Recall(book.Open.Select(alert => now - alert.SentAt));
    }

    /// <summary>Whether a batch with events is to be sent now.</summary>
    /// <param name="batch">What waits.</param>
    /// <param name="must">Whether it can be held no longer, whatever is quiet: it takes no more, or the journal has no room, or somebody waits for the lane to be level.</param>
    /// <param name="alone">Whether each alert goes by itself, with no window.</param>
    public bool IsDue(LaneBatch batch, bool must, bool alone)
    {
        if (_rate.Available < 1)
            return false;
        DateTimeOffset now = time.GetUtcNow();
        return must || batch.Alerts!.All.Any(group => !IsQuiet(group.Severity, now) && (alone || IsDue(group, now)));
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
        AlertGroup[] loud = [.. groups.All.Where(group => !IsQuiet(group.Severity, now))];
        AlertGroup[] own = [.. loud.Where(group => IsWanted(group, now)).OrderBy(group => book.Find(group.Key) is not null)
            .ThenByDescending(group => group.Severity).ThenByDescending(group => group.Count)];
        if (own.Length < loud.Length || own.Length > room)
            own = own[..Math.Min(own.Length, room - 1)];
        List<AlertMessage> messages = [.. own.Select(About)];
        if (loud.Length > own.Length)
            messages.Add(AboutAll([.. loud.Except(own)]));
        AlertGroup[] quiet = [.. groups.All.Except(loud)];
        if (quiet.Length > 0)
            TellOfQuiet(messages, quiet);
        foreach (OpenAlert alert in Resolves(groups, now).Take(alone || !groups.IsLevel ? 0 : room - messages.Count))
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
                Note(message, batch, now);
        }

        while (book.Open.Count > MostOpen)
            book.Remove(book.Open.MinBy(alert => alert.SentAt)!.Key);
        book.Write();
    }

    /// <summary>What is quiet wakes nobody: it goes along with what is not, or where it can be held no longer, in a message by itself.</summary>
    private void TellOfQuiet(List<AlertMessage> messages, AlertGroup[] quiet)
    {
        if (messages.Count == 0)
        {
            messages.Add(AboutAll(quiet));
            return;
        }

        int loudest = messages.IndexOf(messages.MaxBy(message => message.Groups.Max(group => group.Severity))!);
        messages[loudest] = messages[loudest] with { Groups = [.. messages[loudest].Groups, .. quiet] };
    }

    /// <summary>A message opens its alert or keeps it open, and so do open ones that it tells of besides.</summary>
    private void Note(AlertMessage message, LaneBatch batch, DateTimeOffset now)
    {
        AlertGroup first = message.Groups[0];
        OpenAlert opened = message.Former ?? new OpenAlert
        {
            Key = message.Key,
            Label = message.Label,
            EventType = message.IsSummary ? "AlertSummary" : batch[first.Index].Type.ToString(),
            OpenedAt = now,
        };
        book.Put(Told(opened with { Label = message.Label }, message.IsSummary ? message.Groups : [first], now));
        foreach (AlertGroup group in message.IsSummary ? message.Groups : message.Groups.Skip(1))
        {
            if (book.Find(group.Key) is { } open)
                book.Put(Told(open, [group], now));
        }
    }

    private static OpenAlert Told(OpenAlert alert, IReadOnlyList<AlertGroup> groups, DateTimeOffset now) => alert with
    {
        SentAt = now,
        Total = alert.Total + groups.Sum(group => group.Count),
        Severity = groups.Select(group => group.Severity).Append(alert.Severity).Max(),
    };

    private AlertMessage AboutAll(AlertGroup[] groups) => groups is [AlertGroup single]
        ? About(single)
        : new AlertMessage { Key = SummaryKey, Label = $"{groups.Length} further alerts", Groups = groups, Former = book.Find(SummaryKey) };

    private AlertMessage About(AlertGroup group) => new() { Key = group.Key, Label = group.Label, Groups = [group], Former = book.Find(group.Key) };

    /// <summary>The first message waits for company from the moment its first event was read, a further one for the time since the one before.</summary>
    private bool IsDue(AlertGroup group, DateTimeOffset now) => book.Find(group.Key) is { } alert
        ? now - alert.SentAt >= options.RepeatAfter || now < alert.SentAt
        : time.GetElapsedTime(group.OpenedAt) >= options.GroupWindow;

    /// <summary>Whether a message of its own may tell of it, once a batch goes out: a new alert, or an open one whose time has come.</summary>
    private bool IsWanted(AlertGroup group, DateTimeOffset now) => book.Find(group.Key) is null || IsDue(group, now);

    private IEnumerable<OpenAlert> Resolves(AlertGroups groups, DateTimeOffset now) => options.ResolveAfter == TimeSpan.Zero
        ? []
        : book.Open.Where(alert => (now - alert.SentAt >= options.ResolveAfter || now < alert.SentAt) && groups.Find(alert.Key) is null && !IsQuiet(alert.Severity, now)).OrderBy(alert => alert.SentAt);

    private bool IsQuiet(Severity severity, DateTimeOffset now) => options.QuietHours.Any(hours => hours.Hold(severity, now));
}
