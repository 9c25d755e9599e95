namespace AuditHost.Load;

/// <summary>What the host can be compared with.</summary>
internal static class Peers
{
    /// <summary>Finds a peer by what stands behind <c>--against</c>.</summary>
    /// <exception cref="FormatException">It is no peer's name and no folder of a build.</exception>
    public static IShipper Find(string root, string name) => name switch
    {
        RsyslogShipper.MemoryName => new RsyslogShipper(root, disk: false),
        RsyslogShipper.DiskName => new RsyslogShipper(root, disk: true),
        SyslogNgShipper.MemoryName => new SyslogNgShipper(root, disk: false),
        SyslogNgShipper.DiskName => new SyslogNgShipper(root, disk: true),
        _ => AuditHostShipper.Find(name, Path.GetFileName(Path.GetFullPath(name))) ?? throw new FormatException($"{name} is no peer and no folder with a built audithost."),
    };
}
