namespace AuditHost.Lanes;

/// <summary>Those who wait for what becomes of their events at a lane.</summary>
internal sealed class LaneTickets
{
    private readonly Lock _lock = new();
    private volatile DeliveryTicket[] _tickets = [];

    public DeliveryTicket Draw(string destination, ulong from, ulong position)
    {
        var ticket = new DeliveryTicket(this, destination, from, position);
        lock (_lock)
            _tickets = [.. _tickets, ticket];
        return ticket;
    }

    public void Remove(DeliveryTicket ticket)
    {
        lock (_lock)
            _tickets = Array.FindAll(_tickets, other => other != ticket);
    }

    /// <summary>Tells them of a batch that the lane settles.</summary>
    public void Note(LaneBatch batch, in Settlement settlement)
    {
        foreach (DeliveryTicket ticket in _tickets)
            ticket.Note(batch, settlement);
    }

    /// <summary>Tells them of events that the lane gave up.</summary>
    public void NoteDropped(ulong first, ulong end)
    {
        foreach (DeliveryTicket ticket in _tickets)
            ticket.NoteDropped(first, end);
    }
}
