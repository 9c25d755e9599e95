using System.Diagnostics;
using System.Globalization;

namespace AuditHost.EndToEnd.Space;

/// <summary>A tmpfs of a few megabytes that can be filled up to its last byte, and to its last inode.</summary>
internal sealed class SmallVolume : IDisposable
{
    private const int NoSpaceLeft = 28;

    private readonly string _path;

    private SmallVolume(string path) => _path = path;

    private string Ballast => Path.Combine(_path, "ballast");

    /// <summary>Mounts one over a folder of a site.</summary>
    /// <returns><see langword="null"/> where this machine lets nobody mount.</returns>
    public static SmallVolume? Mount(SiteFolder site, string folder, int mebibytes, int inodes = 0)
    {
        string path = site.File(folder);
        Directory.CreateDirectory(path);
        string options = string.Create(CultureInfo.InvariantCulture, $"size={mebibytes}m,nr_inodes={inodes}");
        return OperatingSystem.IsLinux() && Call("mount", "-t", "tmpfs", "-o", options, "tmpfs", path) == 0 ? new SmallVolume(path) : null;
    }

    /// <summary>Takes what space is left.</summary>
    public void TakeSpace()
    {
        using FileStream ballast = File.Create(Ballast);
        byte[] page = new byte[4096];
        try
        {
            while (true)
            {
                ballast.Write(page);
                ballast.Flush();
            }
        }
        catch (IOException exception) when ((exception.HResult & 0xFFFF) == NoSpaceLeft)
        {
            // Full.
        }
    }

    /// <summary>Takes what inodes are left.</summary>
    public void TakeInodes()
    {
        Directory.CreateDirectory(Ballast);
        try
        {
            for (int number = 0; ; number++)
                File.Create(Path.Combine(Ballast, number.ToString(CultureInfo.InvariantCulture))).Dispose();
        }
        catch (IOException exception) when ((exception.HResult & 0xFFFF) == NoSpaceLeft)
        {
            // All gone.
        }
    }

    /// <summary>Gives back what was taken.</summary>
    public void GiveBack()
    {
        if (Directory.Exists(Ballast))
            Directory.Delete(Ballast, recursive: true);
        else
            File.Delete(Ballast);
    }

    public void Dispose() => Call("umount", "--lazy", _path);

    private static int Call(string program, params string[] arguments)
    {
        using Process process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
        process.WaitForExit();
        return process.ExitCode;
    }
}
