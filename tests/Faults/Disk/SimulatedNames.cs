using AuditHost.Journal.Storage;

namespace AuditHost.Faults.Disk;

/// <summary>The names of files: as the process sees them, as the disk holds them, and the changes no sync of a folder has covered.</summary>
internal sealed class SimulatedNames
{
    private readonly Dictionary<string, SimulatedFile> _seen = new(StringComparer.Ordinal);
    private readonly Dictionary<string, SimulatedFile> _durable = new(StringComparer.Ordinal);
    private readonly List<PendingName> _pending = [];

    public IReadOnlyDictionary<string, SimulatedFile> Seen => _seen;

    public bool TryGet(string path, out SimulatedFile? file) => _seen.TryGetValue(path, out file);

    public void Set(string path, SimulatedFile? file)
    {
        if (file is null)
            _seen.Remove(path);
        else
            _seen[path] = file;
        _pending.Add(new PendingName(path, file));
    }

    /// <summary>Puts a file there that is durable with its name.</summary>
    public void Place(string path, SimulatedFile file) => _seen[path] = _durable[path] = file;

    public void Sync(string directory)
    {
        foreach (PendingName name in _pending)
        {
            if (IsIn(directory, name.Path))
                Apply(_durable, name);
        }

        _pending.RemoveAll(name => IsIn(directory, name.Path));
    }

    public IReadOnlyList<StoredFile> List(string directory)
    {
        var files = new List<StoredFile>();
        foreach ((string path, SimulatedFile file) in _seen)
        {
            if (IsIn(directory, path))
                files.Add(new StoredFile(path[(directory.Length + 1)..], file.Length));
        }

        return files;
    }

    /// <summary>The names as found after a power cut: of each one's changes a seeded number reached the disk, whatever became of other names.</summary>
    public IEnumerable<(string Path, SimulatedFile File)> AfterPowerCut(SeededRandom random, FaultTally tally)
    {
        var stopped = new HashSet<string>(StringComparer.Ordinal);
        foreach (PendingName name in _pending)
        {
            bool kept = !stopped.Contains(name.Path) && random.OneIn(2);
            tally.Count(name.File is null
                ? kept ? FaultClass.DeletionKept : FaultClass.DeletionLost
                : kept ? FaultClass.CreationKept : FaultClass.CreationLost);
            if (kept)
                Apply(_durable, name);
            else
                stopped.Add(name.Path);
        }

        return _durable.Select(pair => (pair.Key, pair.Value));
    }

    private static void Apply(Dictionary<string, SimulatedFile> names, in PendingName name)
    {
        if (name.File is null)
            names.Remove(name.Path);
        else
            names[name.Path] = name.File;
    }

    private static bool IsIn(string directory, string path) =>
        path.Length > directory.Length + 1
        && path[directory.Length] == '/'
        && path.StartsWith(directory, StringComparison.Ordinal)
        && path.IndexOf('/', directory.Length + 1) < 0;
}
