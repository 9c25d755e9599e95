namespace AuditHost.Sdk.Testing;

/// <summary>A stream peer and the settings that lead to it.</summary>
internal sealed class StreamDestination(StreamPeer peer, Func<Uri, string> settings, Func<string, string> understand) : TestDestination
{
    public StreamPeer Peer => peer;

    public override string Settings => settings(peer.Address);

    public override IReadOnlyList<string> Arrived => [.. peer.Received.Select(understand).Where(text => text.Length > 0)];

    public override ValueTask DisposeAsync() => peer.DisposeAsync();
}
