namespace AuditHost.Connectors.NewRelic;

/// <summary>What is known of one data point.</summary>
/// <param name="HeadEnd">Where its head ends.</param>
/// <param name="Hash">The head's hash.</param>
/// <param name="IsCount">Whether it counts; otherwise it sums figures up.</param>
/// <param name="IsLate">Whether it has no time of its own.</param>
internal record struct MetricPoint(int HeadEnd, uint Hash, bool IsCount, bool IsLate)
{
    public long Count { get; private set; }

    public double Sum { get; private set; }

    public double Min { get; private set; } = double.PositiveInfinity;

    public double Max { get; private set; } = double.NegativeInfinity;

    public void Add(double value)
    {
        Count++;
        Sum += value;
        Min = Math.Min(Min, value);
        Max = Math.Max(Max, value);
    }
}
