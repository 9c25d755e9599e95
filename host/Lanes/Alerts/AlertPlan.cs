namespace AuditHost.Lanes.Alerts;

/// <summary>The messages that a batch becomes, and which of them tells of which of its events.</summary>
internal sealed class AlertPlan
{
    private readonly int[] _messageOf;

    public AlertPlan(IReadOnlyList<AlertMessage> messages, int groups)
    {
        Messages = messages;
        _messageOf = new int[groups];
        for (int message = 0; message < messages.Count; message++)
        {
            foreach (AlertGroup group in messages[message].Groups)
                _messageOf[group.Index] = message;
        }
    }

    public IReadOnlyList<AlertMessage> Messages { get; }

    /// <summary>The message that tells of the event of the batch at this index, and of those it stands for.</summary>
    public int MessageOf(int index) => _messageOf[index];
}
