namespace AuditHost.Configuration.Keys;

/// <summary><c>isolation</c>.</summary>
internal static class IsolationKeys
{
    public static readonly ScalarKey<bool> Type = new(
        "type",
        Kinds.Choice(("context", false), ("process", true)),
        "process runs the plugin in a process of its own, which may crash, hang or leak at this destination's cost alone; context, the default, in the host's.")
    {
        Required = true,
    };

    public static readonly ScalarKey<long> Memory = new(
        "memory", Kinds.Size(64 << 20, 1L << 40), "The most memory the process may have; 256MiB without the key.");
    public static readonly ScalarKey<int> OpenFiles = new(
        "open_files", Kinds.Integer(512, 1_000_000), "The most files and sockets it may have open, of which the runtime itself takes some 250; 1024 without the key.");
    public static readonly ScalarKey<int> Threads = new(
        "threads", Kinds.Integer(32, 100_000), "The most threads it may have; 128 without the key.");
    public static readonly ListKey<string> Environment = new(
        "environment", Kinds.Text, "Variables of its environment, as NAME=value; of the host's own it gets none.");

    public static readonly KeySet Set = new(Type, Memory, OpenFiles, Threads, Environment);
}
