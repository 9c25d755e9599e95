namespace AuditHost.PluginKit.Transport;

/// <summary>A batch as it went out. The array is the shared pool's.</summary>
internal readonly record struct SentBatch(byte[] Array, int Length, int Count, long SentAt);
