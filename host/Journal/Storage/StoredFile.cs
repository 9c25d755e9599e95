namespace AuditHost.Journal.Storage;

/// <summary>A file of a folder, by its name without the folder.</summary>
internal readonly record struct StoredFile(string Name, long Length);
