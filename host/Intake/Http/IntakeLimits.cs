using AuditHost.Configuration.Options;
using AuditHost.Journal;

namespace AuditHost.Intake.Http;

/// <summary>How much one request may hold.</summary>
internal sealed class IntakeLimits(HttpListenerOptions options)
{
    public const string BodyKey = "host.http.max_body_bytes";
    public const string DecompressedKey = "host.http.max_decompressed_bytes";
    public const string EventKey = "host.http.max_event_bytes";
    public const string BufferedKey = "host.http.max_buffered_bytes";

    /// <summary>The index of an event takes far more memory than the smallest event, so the bytes alone bound nothing.</summary>
    public const int MaxEvents = 100_000;

    /// <summary>How many bytes one compressed byte may become.</summary>
    public const int MaxRatio = 100;

    /// <summary>Up to here any ratio will do: a few equal events compress very well.</summary>
    public const long RatioFreeBytes = 1 << 20;

    public long MaxBodyBytes { get; } = Math.Min(options.MaxBodyBytes, EventJournal.LargestBatch);

    public long MaxDecompressedBytes { get; } = Math.Min(options.MaxDecompressedBytes, EventJournal.LargestBatch);

    public long MaxBufferedBytes { get; } = options.MaxBufferedBytes;

    public int MaxEventBytes { get; } = options.MaxEventBytes;
}
