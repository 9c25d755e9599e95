namespace AuditHost.Sdk.Testing;

/// <summary>A stream peer and the settings that lead to it.</summary>
internal sealed class StreamDestination(StreamPeer peer, Func<Uri, string> settings) : TestDestination
{
    public StreamPeer Peer => peer;

    public override string Settings => settings(peer.Address);

    public override IReadOnlyList<string> Arrived => peer.Received;

    public override ValueTask DisposeAsync() => peer.DisposeAsync();
}
