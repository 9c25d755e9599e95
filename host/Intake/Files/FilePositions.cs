using System.Text.Json;
using AuditHost.Journal.Storage;

namespace AuditHost.Intake.Files;

/// <summary>The positions of one source's files, kept in one file that is replaced as a whole.</summary>
internal sealed class FilePositions
{
    private readonly string _path;
    private readonly Dictionary<FileIdentity, FilePosition> _positions;
    private bool _changed;

    private FilePositions(string path, IEnumerable<FilePosition> positions, bool isNew)
    {
        _path = path;
        _positions = positions.ToDictionary(position => position.Identity);
        IsNew = isNew;
    }

    /// <summary>Whether the source has never run before.</summary>
    public bool IsNew { get; }

    public IReadOnlyCollection<FilePosition> All => _positions.Values;

    /// <exception cref="InvalidDataException">The file is damaged.</exception>
    public static FilePositions Load(string path)
    {
        DiskStorage.Instance.CreateDirectory(Path.GetDirectoryName(path)!);
        if (!File.Exists(path))
            return new FilePositions(path, [], isNew: true) { _changed = true };
        try
        {
            using FileStream file = File.OpenRead(path);
            return new FilePositions(path, JsonSerializer.Deserialize(file, FilePositionsJson.Default.FilePositionArray) ?? [], isNew: false);
        }
        catch (Exception exception) when (exception is JsonException or ArgumentException)
        {
            throw new InvalidDataException(
                $"{path}: the positions of the file source cannot be read: {exception.Message} Delete it to read all files again; "
                + "events already taken come again with the same ids.", exception);
        }
    }

    public FilePosition? Find(FileIdentity identity) => _positions.GetValueOrDefault(identity);

    public void Set(FilePosition position)
    {
        _positions[position.Identity] = position;
        _changed = true;
    }

    public void Remove(FileIdentity identity) => _changed |= _positions.Remove(identity);

    /// <summary>Makes what was set durable. Where the disk does not take it, the next call tries again.</summary>
    public bool TrySave()
    {
        if (!_changed)
            return true;
        try
        {
            FilePosition[] all = [.. _positions.Values];
            DiskStorage.Instance.Replace(_path, JsonSerializer.SerializeToUtf8Bytes(all, FilePositionsJson.Default.FilePositionArray));
            _changed = false;
            return true;
        }
        catch (IOException)
        {
            // An old position costs duplicates with the same ids after a restart, never an event.
            return false;
        }
    }
}
