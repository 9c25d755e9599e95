namespace AuditHost.PluginKit.Transport;

/// <summary>Where the frame of one event lies in the buffer of its batch.</summary>
internal readonly record struct Frame(int Index, int Start, int Length);
