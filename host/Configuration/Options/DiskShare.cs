namespace AuditHost.Configuration.Options;

/// <summary>A part of the disk: so many bytes, or so many hundredths of a limit.</summary>
internal readonly record struct DiskShare(long? Bytes, double Percent = 0)
{
    public long Of(long limit) => Bytes ?? (long)(limit / 100d * Percent);
}
