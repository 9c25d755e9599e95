namespace AuditHost.Journal.Storage;

/// <summary>What tells one file from another, whatever it is called at the moment.</summary>
/// <param name="Device">The file system.</param>
/// <param name="Inode">The file in it; used again once the file is deleted.</param>
/// <param name="Born">When it was created, where the file system knows; tells it from an earlier file with the same inode.</param>
internal readonly record struct FileIdentity(ulong Device, ulong Inode, long Born);
