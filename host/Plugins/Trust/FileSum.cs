namespace AuditHost.Plugins.Trust;

/// <summary>One file of a plugin folder and what its bytes were.</summary>
/// <param name="Path">Relative to the folder, with slashes.</param>
/// <param name="Sha256">In lower-case hexadecimal digits.</param>
internal readonly record struct FileSum(string Path, string Sha256);
