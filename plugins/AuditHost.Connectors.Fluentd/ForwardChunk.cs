namespace AuditHost.Connectors.Fluentd;

/// <summary>A message with events of one tag, and what became of it.</summary>
/// <param name="id">What the server acknowledges it by.</param>
/// <param name="start">Where it lies in the bytes of its batch.</param>
/// <param name="end">Where it ends there.</param>
internal sealed class ForwardChunk(string id, int start, int end)
{
    public string Id { get; } = id;

    public int Start { get; } = start;

    public int End { get; } = end;

    /// <summary>Whether it counts as delivered.</summary>
    public bool IsDelivered { get; set; }
}
