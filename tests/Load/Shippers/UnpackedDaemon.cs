using System.Diagnostics;

namespace AuditHost.Load;

/// <summary>A log daemon that <c>tests/install</c> unpacked.</summary>
internal sealed class UnpackedDaemon(string root, string name)
{
    private readonly string _home = Path.Combine(root, "artifacts", "test-tools", name);

    /// <summary>Whether it is there, with this module.</summary>
    public bool Has(string module) => File.Exists(Path.Combine(_home, "library-path")) && Find(module) is not null;

    /// <summary>The folder of its modules, known by one of them.</summary>
    public string Modules(string module) =>
        Path.GetDirectoryName(Find(module)) ?? throw new IOException($"{name} has no {module}: run tests/install.");

    public ProcessStartInfo Command(string executable, string folder, params string[] arguments)
    {
        var start = new ProcessStartInfo(Path.Combine(_home, executable), arguments) { WorkingDirectory = folder };
        start.Environment["LD_LIBRARY_PATH"] = File.ReadAllText(Path.Combine(_home, "library-path")).Trim();
        return start;
    }

    private string? Find(string module) => Directory.EnumerateFiles(_home, module, SearchOption.AllDirectories).FirstOrDefault();
}
