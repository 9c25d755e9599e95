using AuditHost.Intake;

namespace AuditHost.Tests.Intake.Http;

/// <summary>A host without destinations.</summary>
internal sealed class NoDeliveries : IDeliveryFollower
{
    public IReadOnlyList<string> Destinations => [];

    public IReadOnlyList<string> Prompt => [];

    public IDeliveryFollowing Follow(IReadOnlyList<string> destinations) => throw new InvalidOperationException("There is nothing to follow.");
}
