namespace AuditHost.EndToEnd.Network;

/// <summary>Where the connections of a pass are cut.</summary>
internal sealed class CutCourse(Random random)
{
    /// <summary>Anywhere, instead of everywhere once.</summary>
    public bool IsRandom { get; set; }

    /// <summary>As many cut points as there are bytes, so many at a time.</summary>
    public IEnumerable<int[]> Rounds(int lastPoint, int lanes) =>
        (IsRandom ? Enumerable.Range(1, lastPoint).Select(_ => random.Next(1, lastPoint + 1)) : Enumerable.Range(1, lastPoint)).Chunk(lanes);
}
