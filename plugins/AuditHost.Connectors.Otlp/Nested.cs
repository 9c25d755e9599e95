namespace AuditHost.Connectors.Otlp;

/// <summary>A protobuf message within another that is being written.</summary>
/// <param name="Start">Where it begins in the buffer.</param>
/// <param name="Room">How many bytes were left for its length.</param>
internal readonly record struct Nested(int Start, int Room);
