namespace AuditHost.Fakes.Prometheus;

/// <summary>A sample as a receiver of remote write took it.</summary>
/// <param name="Series">Name and labels as Prometheus shows them: <c>name{a="1",b="2"}</c>.</param>
/// <param name="Value">Its value.</param>
/// <param name="Timestamp">Milliseconds since 1970.</param>
/// <param name="Type">The number of the metric's type; 0 where the request says none.</param>
/// <param name="Help">The help text; empty where the request has none.</param>
public sealed record WrittenSample(string Series, double Value, long Timestamp, ulong Type = 0, string Help = "");
