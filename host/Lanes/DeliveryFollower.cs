using AuditHost.Intake;
using AuditHost.Journal;

namespace AuditHost.Lanes;

/// <summary>Lets senders wait for the lanes.</summary>
internal sealed class DeliveryFollower(IReadOnlyList<Lane> lanes, EventJournal journal, TimeProvider time) : IDeliveryFollower
{
    public IReadOnlyList<string> Destinations { get; } = [.. lanes.Select(lane => lane.Destination.Options.Name)];

    public IReadOnlyList<string> Prompt { get; } = [.. lanes.Where(lane => lane.Destination.Options.Alert is null).Select(lane => lane.Destination.Options.Name)];

    public IDeliveryFollowing Follow(IReadOnlyList<string> destinations) => new DeliveryFollowing(
        [.. lanes.Where(lane => destinations.Contains(lane.Destination.Options.Name)).Select(lane => (lane, lane.Follow()))], journal, time);
}
