using System.Collections.Concurrent;

namespace AuditHost.Fakes.CloudWatch;

/// <summary>A log group of the fake.</summary>
/// <param name="Name">Its name.</param>
public sealed record LogGroup(string Name)
{
    /// <summary>Its streams by name.</summary>
    public ConcurrentDictionary<string, ConcurrentQueue<StoredEvent>> Streams { get; } = new();

    public string Class { get; init; } = "STANDARD";

    public string? KmsKeyId { get; init; }

    public IReadOnlyDictionary<string, string> Tags { get; init; } = new Dictionary<string, string>();

    public int? RetentionDays { get; set; }
}
