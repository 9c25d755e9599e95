namespace AuditHost.Load;

/// <summary>What a shipper did with events that came as fast as it took them.</summary>
/// <param name="Events">How many were sent; each of them went to every destination.</param>
/// <param name="Seconds">From the first request to the last arrival at the slowest destination.</param>
/// <param name="Bytes">The bytes of the events sent.</param>
/// <param name="CpuSeconds">The shipper's.</param>
/// <param name="OwnCpuSeconds">Sender's and receivers' together.</param>
/// <param name="WrittenBytes">What the shipper had the disk write.</param>
/// <param name="PeakMegabytes">The most memory the shipper had until then.</param>
internal sealed record Flood(int Events, double Seconds, long Bytes, double CpuSeconds, double OwnCpuSeconds, long WrittenBytes, double PeakMegabytes)
{
    public double EventsPerSecond => Events / Seconds;

    public double EventsPerCpuSecond => Events / CpuSeconds;

    public double WrittenPerEvent => WrittenBytes / (double)Events;
}
