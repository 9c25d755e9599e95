using AuditHost.Journal;
using AuditHost.Journal.Records;
using AuditHost.Journal.Storage;

namespace AuditHost.Lanes.Poison;

/// <summary>An <see cref="AttemptState"/> in two slots of a file that has its full length from the start, so that it can be written on a full disk.</summary>
internal sealed class AttemptFile : IDisposable
{
    private const uint Magic = 0x545441F8;
    private const string Extension = ".attempt";

    private readonly TwoSlotFile _file;

    private AttemptFile(TwoSlotFile file, AttemptState found)
    {
        _file = file;
        Found = found;
    }

    /// <summary>What the last process left.</summary>
    public AttemptState Found { get; }

    /// <summary>Opens a destination's file or makes one; one beyond reading begins anew.</summary>
    /// <exception cref="IOException">The disk fails, has no room for a new file, or a newer version wrote it.</exception>
    public static AttemptFile Open(string directory, string destination, IJournalStorage storage)
    {
        storage.CreateDirectory(directory);
        string path = Path.Combine(directory, Path.ChangeExtension(CursorNames.FileNameOf(destination), Extension));
        Span<byte> content = stackalloc byte[AttemptState.ContentLength];
        content.Clear();
        TwoSlotFile file;
        bool intact;
        try
        {
            file = TwoSlotFile.Open(storage, path, Magic, writable: true, content, out intact);
        }
        catch (FileNotFoundException)
        {
            return new AttemptFile(TwoSlotFile.Create(storage, path, Magic, content), default);
        }

        return new AttemptFile(file, intact ? AttemptState.Decode(content) : default);
    }

    /// <summary>Writes a state; it survives the process at once, and a power cut where it is synced.</summary>
    public void Write(in AttemptState state, bool sync)
    {
        Span<byte> content = stackalloc byte[AttemptState.ContentLength];
        state.Encode(content);
        _file.Write(content);
        if (sync)
            _file.Sync();
    }

    public void Dispose() => _file.Dispose();
}
