namespace AuditHost.Load;

/// <summary>What a trial is made of.</summary>
/// <param name="Shipper">What is measured.</param>
/// <param name="Input">How events come in.</param>
/// <param name="Output">How they leave.</param>
/// <param name="Destinations">How many receivers get every event.</param>
/// <param name="Samples">What the events look like.</param>
/// <param name="Folder">Where everything lies that the trial needs.</param>
/// <param name="Events">How many there are at most, besides the warm-up.</param>
internal sealed record TrialSetup(IShipper Shipper, InputKind Input, TargetKind Output, int Destinations, Samples Samples, string Folder, int Events)
{
    /// <summary>How long the warm-up lasts at least; one round of <see cref="Trial.WarmUp"/> events in any case.</summary>
    public TimeSpan WarmUp { get; init; }
}
