using System.Security.Cryptography;

namespace AuditHost.Plugins.Trust;

/// <summary>The sums of a folder's files as they lie there, for whoever writes or compares a list.</summary>
internal static class FolderSums
{
    /// <exception cref="PluginRefusedException">A file can be altered by everybody, or stands for another.</exception>
    public static IReadOnlyList<FileSum> Of(PluginFolder folder) => [.. folder.Files().Select(path => new FileSum(path, Sum(Path.Combine(folder.Root, path))))];

    private static string Sum(string path)
    {
        using FileStream file = File.OpenRead(path);
        return Convert.ToHexStringLower(SHA256.HashData(file));
    }
}
