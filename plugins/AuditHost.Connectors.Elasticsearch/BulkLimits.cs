namespace AuditHost.Connectors.Elasticsearch;

/// <summary>What both connectors promise and take at a time.</summary>
internal static class BulkLimits
{
    public const string Delivered = "Elasticsearch has answered for the event itself: it is stored and in the translog of its primary shard, or was there already from an earlier attempt, or is in the failure store.";

    /// <summary>Far below http.max_content_length (100 MB): Elastic's advice is some thousand documents and 5 to 10 MB ("Tune for indexing speed").</summary>
    public const int Events = 2000;

    public const int Bytes = 5 << 20;

    public const int Concurrency = 4;
}
