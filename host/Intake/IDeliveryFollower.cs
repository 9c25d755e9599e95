namespace AuditHost.Intake;

/// <summary>Lets a sender wait for more than the disk.</summary>
internal interface IDeliveryFollower
{
    /// <summary>The names of the enabled destinations.</summary>
    IReadOnlyList<string> Destinations { get; }

    /// <summary>Those of them that are waited for where a sender names none: not those that hold events back for people.</summary>
    IReadOnlyList<string> Prompt { get; }

    /// <summary>Begins to note what becomes of events that are about to be stored.</summary>
    IDeliveryFollowing Follow(IReadOnlyList<string> destinations);
}
