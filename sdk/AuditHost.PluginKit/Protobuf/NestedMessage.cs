namespace AuditHost.PluginKit.Protobuf;

/// <summary>A protobuf message within another that is being written.</summary>
/// <param name="Start">Where it begins in the buffer.</param>
/// <param name="Room">How many bytes were left for its length.</param>
public readonly record struct NestedMessage(int Start, int Room);
