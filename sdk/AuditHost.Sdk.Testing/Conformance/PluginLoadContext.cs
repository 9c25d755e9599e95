using System.Reflection;
using System.Runtime.Loader;

namespace AuditHost.Sdk.Testing;

/// <summary>A load context as the host has one per plugin: it shares the contract and the framework, and nothing else.</summary>
internal sealed class PluginLoadContext : AssemblyLoadContext
{
    private static readonly string SharedName = typeof(PluginFactory).Assembly.GetName().Name!;

    private readonly string _folder;
    private readonly string _factory;
    private readonly string _mainAssembly;

    private PluginLoadContext(string mainAssembly, string factory)
        : base("conformance", isCollectible: true)
    {
        _mainAssembly = mainAssembly;
        _folder = Path.GetDirectoryName(mainAssembly)!;
        _factory = factory;
    }

    /// <summary>Loads the assembly of a factory once more.</summary>
    public static PluginLoadContext Load(Type factory) => new(factory.Assembly.Location, factory.FullName!);

    public PluginFactory CreateFactory() => (PluginFactory)Activator.CreateInstance(LoadFile(_mainAssembly).GetType(_factory, throwOnError: true)!)!;

    protected override Assembly? Load(AssemblyName assemblyName)
    {
        string path = Path.Combine(_folder, assemblyName.Name + ".dll");
        return assemblyName.Name != SharedName && File.Exists(path) ? LoadFile(path) : null;
    }

    // From memory, as the host does.
    private Assembly LoadFile(string path)
    {
        using var bytes = new MemoryStream(File.ReadAllBytes(path));
        return LoadFromStream(bytes);
    }
}
