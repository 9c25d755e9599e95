namespace AuditHost.Configuration.Keys;

/// <summary><c>host.plugins</c>.</summary>
internal static class PluginKeys
{
    public static readonly ScalarKey<string> Directory = new(
        "directory", Kinds.Path, "The folder of the site's own plugins, besides the built-in ones; ./plugins without the key.");
    public static readonly ScalarKey<string> LockFile = new(
        "lock_file",
        Kinds.Path,
        "The SHA-256 sums of the plugins that may be loaded, written by audithost plugins trust; the directory's name and .lock without it.");
    public static readonly ListKey<string> Publishers = new(
        "publishers",
        Kinds.Path,
        "Files with public keys (ECDSA, PEM): what is signed with one of them may be loaded in any version, without the lock file.");

    public static readonly MappingKey Isolation = new(
        "isolation",
        IsolationKeys.Set,
        "process, or a mapping with limits: none of their code runs in the host's process, and each of their destinations has isolation: process.")
    {
        Shorthand = IsolationKeys.Type,
    };

    public static readonly KeySet Set = new(Directory, LockFile, Publishers, Isolation);
}
