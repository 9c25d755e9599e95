using AuditHost.Lanes.Alerts;
using Microsoft.Extensions.Logging;

namespace AuditHost.Lanes;

/// <content>What differs where events become messages for people.</content>
internal sealed partial class Lane
{
    /// <summary>What the loop works with for a destination.</summary>
    private (AlertDesk? Alerts, IBatchDelivery Delivery, LaneReader Reader) PartsFor(Destination destination)
    {
        var burial = new Burial(destination, _deadLetters, _time, _logger);
        AlertDesk? alerts = destination is { Options.Alert: { } options, Alerts: { } book } ? new AlertDesk(options, book, _time) : null;
        IBatchDelivery delivery = alerts is null
            ? new LaneDelivery(destination, burial, _time)
            : new AlertDelivery(destination, alerts, _journal, burial, _time, _logger);
        var reader = new LaneReader(
            _journal, destination.Filters, destination.Renderer, destination.Limits, _cursor.State.Position, guard: destination.Guard, grouper: alerts?.NewGrouper());
        return (alerts, delivery, reader);
    }

    /// <summary>The most events that can have been rendered or on their way: of alerts, any that a batch can hold may stand for one.</summary>
    private int Window => _alerts is null ? _destination.Limits.Window : AlertGrouper.MostEvents;

    /// <summary>Whether what waits takes so much of the journal that holding it back would soon keep new events out.</summary>
    private bool IsPressed => BacklogBytes >= (_destination.Options.Quota ?? _journal.MaxBytes) / 2;

    private bool IsToBeSent(LaneBatch open, FillResult result, bool idle)
    {
        bool full = result == FillResult.Full;
        if (_alerts is null)
            return open.Count > 0 && (full || idle || Lingered(open));
        if (!idle)
            return false;
        if (open.Count == 0 && result == FillResult.Exhausted)
            _destination.Guard.Relax();
        _destination.Guard.Work(isUnderWay: false);
        bool isLevel = result == FillResult.Exhausted;
        bool isPressed = open.Count > 0 && IsPressed;
        bool send = open.Count == 0
            ? isLevel && _alerts.HasResolves(open)
            : _alerts.IsDue(open, must: full || isPressed || _waiters.Any, alone: _destination.Guard.IsCareful);
        if (!send)
            return false;
        if (isPressed)
            _logger.LogWarning("What is held back takes half of what the journal may hold for this destination: it is told of now.");
        open.Alerts!.IsLevel = isLevel;
        _destination.Guard.Work(isUnderWay: true);
        return true;
    }

    /// <summary>Before the books: a crash in between tells people once more, one after it would not tell that an alert is over.</summary>
    private void NoteAlerts(LaneBatch batch, Settlement settlement)
    {
        if (settlement.Plan is { } plan)
            _alerts?.Settle(batch, plan);
    }
}
