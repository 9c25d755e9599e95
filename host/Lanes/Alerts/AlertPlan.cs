using AuditHost.Delivery;

namespace AuditHost.Lanes.Alerts;

/// <summary>The messages that a batch becomes, which of them tells of which of its events, and what became of each.</summary>
internal sealed class AlertPlan
{
    private readonly int[] _messageOf;
    private readonly Refusal?[] _refusals;
    private readonly string?[] _acknowledgements;

    public AlertPlan(IReadOnlyList<AlertMessage> messages, int groups)
    {
        Messages = messages;
        _messageOf = new int[groups];
        _refusals = new Refusal?[messages.Count];
        _acknowledgements = new string?[messages.Count];
        for (int message = 0; message < messages.Count; message++)
        {
            foreach (AlertGroup group in messages[message].Groups)
                _messageOf[group.Index] = message;
        }
    }

    public IReadOnlyList<AlertMessage> Messages { get; }

    /// <summary>Notes what became of the messages from a place on.</summary>
    public void Note(int first, DeliveryJob job)
    {
        foreach (Refusal refusal in job.Refusals)
            _refusals[first + refusal.Index] = refusal;
        for (int index = 0; index < job.Batch.Count; index++)
            _acknowledgements[first + index] = job.AcknowledgementOf(index);
    }

    /// <summary>Why a message was refused; <see langword="null"/> where it was taken.</summary>
    public Refusal? RefusalOf(int message) => _refusals[message];

    /// <summary>What became of the event of the batch at this index, and of those it stands for.</summary>
    public (Refusal? Refusal, string? Acknowledgement) OutcomeOf(int index) => (_refusals[_messageOf[index]], _acknowledgements[_messageOf[index]]);
}
