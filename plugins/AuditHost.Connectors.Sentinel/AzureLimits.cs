namespace AuditHost.Connectors.Sentinel;

/// <summary>What Azure Monitor takes ("Azure Monitor service limits", Logs ingestion API; "HTTP Data Collector API", Data limits).</summary>
internal static class AzureLimits
{
    /// <summary>
    /// The most bytes of a request. The Logs Ingestion API takes 1 MB, which its servers count as 1,048,576 bytes, compressed and
    /// uncompressed; this holds whichever way a megabyte is counted.
    /// </summary>
    public const int Body = 1_000_000;

    /// <summary>The most bytes of a request by the Data Collector API: 30 MB, whichever way they are counted.</summary>
    public const int CollectorBody = 30_000_000;

    /// <summary>The most bytes of a field's value; Azure cuts a longer one.</summary>
    public const int Field = 64 << 10;

    /// <summary>The most bytes of a field's value by the Data Collector API, which cuts a longer one.</summary>
    public const int CollectorField = 32 << 10;

    /// <summary>The longest name of a column.</summary>
    public const int ColumnName = 45;

    /// <summary>The longest Log-Type.</summary>
    public const int LogType = 100;

    /// <summary>The answers of both are short.</summary>
    public const int Answer = 64 << 10;
}
