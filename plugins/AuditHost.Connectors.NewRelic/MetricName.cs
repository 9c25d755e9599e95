using System.Text;

namespace AuditHost.Connectors.NewRelic;

/// <summary>A metric: its name, and what its points count or sum up.</summary>
/// <param name="text">The whole name.</param>
/// <param name="isCount">Whether it counts; otherwise its points are summaries.</param>
internal sealed class MetricName(string text, bool isCount)
{
    public string Text => text;

    public bool IsCount => isCount;

    /// <summary>The members of a point that name it.</summary>
    public byte[] Members { get; } = Encoding.ASCII.GetBytes($"\"name\":\"{text}\",\"type\":\"{(isCount ? "count" : "summary")}\"");
}
