using System.Collections.Frozen;
using System.Reflection;
using System.Runtime.Loader;
using AuditHost.Sdk;

namespace AuditHost.Plugins;

/// <summary>
/// The assemblies that every plugin shares with the host: the SDK and whatever it references, directly or not. A plugin that
/// brings its own copy of one would not see the host's types, or die on a missing method much later.
/// </summary>
internal static class SdkReferences
{
    public static string SdkName { get; } = typeof(PluginAttribute).Assembly.GetName().Name!;

    /// <summary>The simple names, without regard to case: a file system may have none.</summary>
    public static FrozenSet<string> Closure { get; } = Compute();

    private static FrozenSet<string> Compute()
    {
        var names = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var pending = new Stack<Assembly>([typeof(PluginAttribute).Assembly]);
        while (pending.TryPop(out Assembly? assembly))
        {
            if (!names.Add(assembly.GetName().Name!))
                continue;
            foreach (AssemblyName reference in assembly.GetReferencedAssemblies())
                pending.Push(AssemblyLoadContext.Default.LoadFromAssemblyName(reference));
        }

        return names.ToFrozenSet(StringComparer.OrdinalIgnoreCase);
    }
}
