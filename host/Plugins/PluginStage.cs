using System.Globalization;
using System.IO.MemoryMappedFiles;
using System.Security.Cryptography;
using AuditHost.Journal.Storage;
using AuditHost.Plugins.Trust;
using Microsoft.Win32.SafeHandles;

namespace AuditHost.Plugins;

/// <summary>
/// A folder that only this process uses, with a copy of each plugin it loads. A file's sum is taken of the copy, and only the copy is
/// loaded: what somebody does to the plugin's own folder meanwhile reaches nothing that runs, and two versions of a plugin lie side by
/// side.
/// </summary>
internal sealed class PluginStage : IDisposable
{
    private const string Prefix = "audithost-plugins-";
    private const string LockName = ".lock";

    private readonly string _root;
    private readonly SafeFileHandle _lock;
    private int _copies;

    private PluginStage(string root, SafeFileHandle ownLock)
    {
        _root = root;
        _lock = ownLock;
    }

    /// <summary>Makes the folder, readable by its owner alone, and removes those of processes that ended without doing so.</summary>
    /// <exception cref="IOException">There is no room for temporary files.</exception>
    public static PluginStage Open()
    {
        try
        {
            Sweep();
            return Create();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new IOException($"Plugins are copied into the temporary folder {Path.GetTempPath()} before they are loaded, and it cannot be used: {exception.Message} Set TMPDIR to one that can.", exception);
        }
    }

    private static PluginStage Create()
    {
        string root = Directory.CreateTempSubdirectory(Prefix).FullName;
        string path = Path.Combine(root, LockName);
        string unnamed = path + ".new";
        File.OpenHandle(unnamed, FileMode.CreateNew, FileAccess.ReadWrite).Dispose();
        SafeFileHandle held = Lock(unnamed) ?? throw new IOException($"Somebody else has locked {unnamed}.");

        // It has its name once it is held: a process that sweeps takes nobody who is only just coming for one that is gone.
        File.Move(unnamed, path);
        return new PluginStage(root, held);
    }

    /// <summary>Copies files of a folder.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="files">Which of its files, by their paths in it.</param>
    /// <param name="sums">The sums of the copies.</param>
    /// <returns>The copy.</returns>
    /// <exception cref="UnauthorizedAccessException">A file cannot be read.</exception>
    /// <exception cref="IOException">The machine does not take the copy, or a file is gone meanwhile.</exception>
    public PluginFolder Copy(PluginFolder folder, IReadOnlyList<string> files, out IReadOnlyList<FileSum> sums)
    {
        string number = Interlocked.Increment(ref _copies).ToString(CultureInfo.InvariantCulture);
        var copy = new PluginFolder(Path.Combine(_root, number, folder.Name), folder.BuiltIn);
        Directory.CreateDirectory(copy.Root);
        var taken = new FileSum[files.Count];
        for (int i = 0; i < taken.Length; i++)
        {
            string target = Path.Combine(copy.Root, files[i]);
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            taken[i] = new FileSum(files[i], CopyFile(Path.Combine(folder.Root, files[i]), target));
        }

        sums = taken;
        return copy;
    }

    /// <summary>Removes a copy. What is loaded from it stays usable.</summary>
    public static void Remove(PluginFolder copy)
    {
        try
        {
            Directory.Delete(Path.GetDirectoryName(copy.Root)!, recursive: true);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // It goes with the whole stage, at the latest when a later process sweeps.
        }
    }

    public void Dispose()
    {
        _lock.Dispose();
        Delete(_root);
    }

    /// <summary>The kernel copies, without the bytes passing through here; nobody else can reach the copy when it is summed.</summary>
    private static string CopyFile(string source, string target)
    {
        File.Copy(source, target);
        if (new FileInfo(target).Length == 0)
            return Convert.ToHexStringLower(SHA256.HashData([]));
        using var file = MemoryMappedFile.CreateFromFile(target, FileMode.Open, mapName: null, capacity: 0, MemoryMappedFileAccess.Read);
        using MemoryMappedViewStream bytes = file.CreateViewStream(0, new FileInfo(target).Length, MemoryMappedFileAccess.Read);
        return Convert.ToHexStringLower(SHA256.HashData(bytes));
    }

    private static void Sweep()
    {
        foreach (string root in Directory.EnumerateDirectories(Path.GetTempPath(), Prefix + "*"))
        {
            try
            {
                string path = Path.Combine(root, LockName);
                if (File.Exists(path) && Lock(path) is { } abandoned)
                {
                    Delete(root);
                    abandoned.Dispose();
                }
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                // Another user's, or another process sweeps it.
            }
        }
    }

    /// <returns><see langword="null"/> where a process that lives holds it.</returns>
    private static SafeFileHandle? Lock(string path)
    {
        if (OperatingSystem.IsWindows())
            return File.OpenHandle(path, FileMode.Open, FileAccess.ReadWrite, FileShare.Delete);
        SafeFileHandle handle = NativeFile.OpenUnlocked(path, writable: true);
        if (NativeFile.TryLock(handle, path))
            return handle;
        handle.Dispose();
        return null;
    }

    private static void Delete(string root)
    {
        try
        {
            Directory.Delete(root, recursive: true);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // The next process sweeps.
        }
    }
}
