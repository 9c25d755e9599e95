namespace AuditHost.Sdk.Testing;

/// <summary>The threads of this process that the runtime does not own, by the names that libraries give them. Linux only; elsewhere none.</summary>
internal static class NativeThreads
{
    private const string Tasks = "/proc/self/task";

    public static IReadOnlySet<string> Names()
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        if (!Directory.Exists(Tasks))
            return names;
        string own = Path.GetFileName(Environment.ProcessPath ?? string.Empty);
        foreach (string task in Directory.EnumerateDirectories(Tasks))
        {
            // A thread that has just ended has no name any more. The kernel keeps 15 characters of one.
            string name = ReadName(task);
            if (name.Length > 0 && !name.StartsWith(".NET", StringComparison.Ordinal) && !own.StartsWith(name, StringComparison.Ordinal))
                names.Add($"{name} ({Path.GetFileName(task)})");
        }

        return names;
    }

    private static string ReadName(string task)
    {
        try
        {
            return File.ReadAllText(Path.Combine(task, "comm")).Trim();
        }
        catch (IOException)
        {
            return string.Empty;
        }
    }
}
