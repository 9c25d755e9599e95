using System.Diagnostics.Metrics;

namespace AuditHost.Telemetry;

/// <summary>The host's meter: every figure of the host goes through it, so that plugins can listen without knowing the host.</summary>
internal static class HostMeter
{
    public const string Name = "audithost";

    public static readonly Meter Instance = new(Name);
}
