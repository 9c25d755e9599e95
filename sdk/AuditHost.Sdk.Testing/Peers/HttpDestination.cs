namespace AuditHost.Sdk.Testing;

/// <summary>An HTTP peer and the settings that lead to it.</summary>
internal sealed class HttpDestination(HttpPeer peer, Func<Uri, string> settings, IReadOnlyCollection<string> volatileHeaders) : TestDestination
{
    public HttpPeer Peer => peer;

    public override string Settings => settings(peer.Address);

    public override IReadOnlyList<string> Arrived => [.. peer.Requests.Select(Describe)];

    public override ValueTask DisposeAsync() => peer.DisposeAsync();

    private string Describe(PeerRequest request)
    {
        IEnumerable<string> headers = request.Headers
            .Where(header => !header.Key.Equals("Host", StringComparison.OrdinalIgnoreCase) && !volatileHeaders.Contains(header.Key, StringComparer.OrdinalIgnoreCase))
            .OrderBy(header => header.Key, StringComparer.OrdinalIgnoreCase)
            .Select(header => $"{header.Key}: {header.Value}");
        return $"{request.Method} {request.Target}\n{string.Join('\n', headers)}\n\n{request.Text}";
    }
}
