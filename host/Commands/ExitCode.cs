namespace AuditHost.Commands;

/// <summary>What scripts and service managers read.</summary>
internal static class ExitCode
{
    public const int Done = 0;

    /// <summary>Something was dead-lettered, undelivered or failed.</summary>
    public const int Failed = 1;

    public const int Usage = 2;

    /// <summary>The site file has errors (<c>EX_CONFIG</c> of sysexits.h).</summary>
    public const int Configuration = 78;
}
