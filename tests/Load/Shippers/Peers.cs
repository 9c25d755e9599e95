namespace AuditHost.Load;

/// <summary>What the host can be compared with.</summary>
internal static class Peers
{
    /// <summary>Finds peers by what stands behind <c>--against</c>.</summary>
    /// <exception cref="FormatException">One is no peer's name and no folder of a build, or two would look alike in the results.</exception>
    public static IReadOnlyList<IShipper> FindAll(string root, IEnumerable<string> names)
    {
        List<IShipper> found = [.. names.Select(name => Find(root, name))];
        string[] called = [AuditHostShipper.UsualName, .. found.Select(shipper => shipper.Name)];
        return called.CountBy(name => name).FirstOrDefault(name => name.Value > 1) is { Key: { } twice }
            ? throw new FormatException($"Two of what is to be compared are called {twice}: the results could not tell them apart. Rename a folder.")
            : found;
    }

    private static IShipper Find(string root, string name) => name switch
    {
        RsyslogShipper.MemoryName => new RsyslogShipper(root, disk: false),
        RsyslogShipper.DiskName => new RsyslogShipper(root, disk: true),
        SyslogNgShipper.MemoryName => new SyslogNgShipper(root, disk: false),
        SyslogNgShipper.DiskName => new SyslogNgShipper(root, disk: true),
        _ => AuditHostShipper.Find(name, Path.GetFileName(Path.GetFullPath(name))) ?? throw new FormatException($"{name} is no peer and no folder with a built audithost."),
    };
}
