namespace AuditHost.Connectors.Prometheus.Metrics;

/// <summary>Takes the state of families one after the other: a text for a scrape, a message for a push.</summary>
internal interface IMetricsWriter
{
    /// <summary>What the following samples belong to.</summary>
    void Family(FamilyName family);

    /// <summary>One sample of the family.</summary>
    /// <param name="name">The sample's own name, for instance with <c>_bucket</c>.</param>
    /// <param name="labels">Its labels; the array behind them is used again.</param>
    /// <param name="value">Its value.</param>
    void Sample(byte[] name, ReadOnlySpan<Label> labels, double value);
}
