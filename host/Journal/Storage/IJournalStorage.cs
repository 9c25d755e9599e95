namespace AuditHost.Journal.Storage;

/// <summary>
/// Every operation on files that journal, cursors and dead letters do. A simulated disk behind it runs the same code as a real one.
/// All of them throw <see cref="IOException"/> where the disk fails.
/// </summary>
internal interface IJournalStorage
{
    /// <summary>Makes a folder that only its owner can enter; nothing happens where it exists.</summary>
    void CreateDirectory(string path);

    /// <summary>The files of a folder; none where the folder is missing.</summary>
    IReadOnlyList<StoredFile> List(string directory);

    /// <summary>Creates a file that only its owner can read; an existing one is an error.</summary>
    IJournalFile Create(string path);

    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    IJournalFile Open(string path, bool writable);

    void Delete(string path);

    /// <summary>Makes the creation and deletion of files in a folder durable.</summary>
    void SyncDirectory(string path);

    VolumeSpace SpaceOf(string directory);
}
