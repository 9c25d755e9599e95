using System.Text;
using AuditHost.Configuration.Secrets;
using Microsoft.Win32.SafeHandles;

namespace AuditHost.Plugins.Trust;

/// <summary>
/// The site's lock file: the sum of each file of each plugin folder that the site trusts. Only a folder that is listed there, file by
/// file, is loaded.
/// </summary>
internal sealed class PluginLock
{
    private const string Heading =
        """
        # The plugins that this site trusts: audithost loads a folder only if each of its files is listed here with this SHA-256 sum.
        # Written by 'audithost plugins trust' and 'plugins distrust'; to check it by hand: sha256sum --check in the plugins directory.

        """;

    private readonly Dictionary<string, IReadOnlyList<FileSum>> _folders;

    private PluginLock(string path, Dictionary<string, IReadOnlyList<FileSum>> folders)
    {
        Path = path;
        _folders = folders;
    }

    public string Path { get; }

    /// <summary>The folders that are listed.</summary>
    public IReadOnlyCollection<string> Folders => _folders.Keys;

    /// <summary>Reads a lock file; one that does not exist lists nothing.</summary>
    /// <exception cref="InvalidDataException">It is none, or everybody may write it.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static PluginLock Read(string path)
    {
        if (!File.Exists(path))
            return new PluginLock(path, new(StringComparer.Ordinal));
        using SafeFileHandle handle = File.OpenHandle(path);
        if (FileModes.IsWritableByOthers(handle))
            throw new InvalidDataException($"{path} can be written by others than its owner, who could have any plugin loaded. chmod go-w it.");
        using var reader = new StreamReader(new FileStream(handle, FileAccess.Read), Encoding.UTF8);
        return Parse(path, reader.ReadToEnd());
    }

    /// <summary>What is listed of a folder, its paths relative to it; <see langword="null"/> where it is not.</summary>
    public IReadOnlyList<FileSum>? Find(string folder) => _folders.GetValueOrDefault(folder);

    /// <summary>Lists a folder as it is, instead of what was listed of it, and writes the file.</summary>
    public void Trust(string folder, IReadOnlyList<FileSum> sums)
    {
        _folders[folder] = sums;
        Write();
    }

    /// <summary>Takes a folder off the list and writes the file.</summary>
    /// <returns>Whether it was listed.</returns>
    public bool Distrust(string folder)
    {
        if (!_folders.Remove(folder))
            return false;
        Write();
        return true;
    }

    private static PluginLock Parse(string path, string text)
    {
        var folders = new Dictionary<string, IReadOnlyList<FileSum>>(StringComparer.Ordinal);
        foreach (IGrouping<string, FileSum> folder in SumFile.Parse(text, path).GroupBy(sum => sum.Path.Split('/')[0], StringComparer.Ordinal))
        {
            if (folder.FirstOrDefault(sum => sum.Path == folder.Key) is { Path: { } stray })
                throw new InvalidDataException($"{path}: '{stray}' is a file beside the plugin folders; each path begins with its plugin's folder.");
            folders.Add(folder.Key, [.. folder.Select(sum => sum with { Path = sum.Path[(folder.Key.Length + 1)..] })]);
        }

        return new PluginLock(path, folders);
    }

    /// <summary>Beside the old one first: whoever reads it meanwhile, and a crash, find one of the two.</summary>
    private void Write()
    {
        IEnumerable<FileSum> all = _folders.SelectMany(folder => folder.Value.Select(sum => sum with { Path = $"{folder.Key}/{sum.Path}" }));
        string next = Path + ".new";
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(Path)!);
        using (var file = new FileStream(next, NewFile()))
        {
            file.Write(Encoding.UTF8.GetBytes(Heading + SumFile.Format(all)));
            file.Flush(flushToDisk: true);
        }

        File.Move(next, Path, overwrite: true);
    }

    private static FileStreamOptions NewFile()
    {
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead;
        return options;
    }
}
