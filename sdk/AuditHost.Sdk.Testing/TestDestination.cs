namespace AuditHost.Sdk.Testing;

/// <summary>
/// A real destination that a conformance test sends to. The kit has one for HTTP, for streams and for files; a connector of
/// another kind brings its own.
/// </summary>
public abstract class TestDestination : IAsyncDisposable
{
    /// <summary>The destination's own keys as a JSON object, leading here.</summary>
    public abstract string Settings { get; }

    /// <summary>
    /// All that has arrived so far, as text, in pieces that compare: two sends of the same batch to two destinations of this kind
    /// must give equal ones. Leave out what names the destination itself, such as its port.
    /// </summary>
    public abstract IReadOnlyList<string> Arrived { get; }

    /// <inheritdoc/>
    public abstract ValueTask DisposeAsync();
}
