using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace AuditHost.Plugins;

/// <summary>What a plugin's main assembly says of itself, read from its metadata without loading it.</summary>
/// <param name="SdkVersion">The stamp that the SDK's build rules leave; <see langword="null"/> without one.</param>
/// <param name="Version">The assembly's version, without build metadata.</param>
/// <param name="HasFactory">Whether it announces a factory.</param>
/// <param name="References">The simple names of the assemblies it references.</param>
internal sealed record PluginStamp(string? SdkVersion, string Version, bool HasFactory, IReadOnlyList<string> References)
{
    /// <exception cref="BadImageFormatException">The file is no .NET assembly.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static PluginStamp Read(string path)
    {
        using FileStream file = File.OpenRead(path);
        using var image = new PEReader(file);
        if (!image.HasMetadata)
            throw new BadImageFormatException("No .NET metadata.");
        MetadataReader metadata = image.GetMetadataReader();
        if (!metadata.IsAssembly)
            throw new BadImageFormatException("A module, not an assembly.");
        return Read(metadata);
    }

    /// <summary>Checks that the file is a plugin, and one that this host can serve.</summary>
    /// <exception cref="PluginRefusedException">It is not.</exception>
    public void Verify(string fileName)
    {
        if (SdkVersion is null)
            throw new PluginRefusedException($"{fileName} is not stamped with an SDK version. Reference the package {SdkReferences.SdkName}, which does it, and build again.");
        if (!HasFactory)
            throw new PluginRefusedException($"{fileName} announces no factory. Add [assembly: Plugin(typeof(YourFactory))] and build again.");
        SdkVersion host = Plugins.SdkVersion.OfHost;
        if (!Plugins.SdkVersion.TryParse(SdkVersion, out SdkVersion built))
            throw new PluginRefusedException($"{fileName} is stamped with '{SdkVersion}', which is no SDK version. Build it against {SdkReferences.SdkName} {host}.");
        if (host.CanServe(built))
            return;
        string remedy = built.Major == host.Major
            ? $"Update the host, or use a build of the plugin for SDK {host} or older."
            : $"Use a build of the plugin for SDK {host.Major}.x, or the host of SDK {built.Major}.x.";
        throw new PluginRefusedException($"Built against SDK {built}; this host serves {host.Major}.0 to {host}. {remedy}", PluginStatus.Incompatible);
    }

    private static PluginStamp Read(MetadataReader metadata)
    {
        AssemblyDefinition assembly = metadata.GetAssemblyDefinition();
        string? sdkVersion = null;
        string version = assembly.Version.ToString();
        bool hasFactory = false;
        foreach (CustomAttributeHandle handle in assembly.GetCustomAttributes())
        {
            CustomAttribute attribute = metadata.GetCustomAttribute(handle);
            switch (TypeName(metadata, attribute))
            {
                case "AuditHost.Sdk.PluginAttribute":
                    hasFactory = true;
                    break;
                case "System.Reflection.AssemblyMetadataAttribute":
                    BlobReader pair = Arguments(metadata, attribute);
                    if (pair.ReadSerializedString() == "AuditHost.SdkVersion")
                        sdkVersion = pair.ReadSerializedString();
                    break;
                case "System.Reflection.AssemblyInformationalVersionAttribute":
                    version = Arguments(metadata, attribute).ReadSerializedString()?.Split('+')[0] ?? version;
                    break;
            }
        }

        string[] references = [.. metadata.AssemblyReferences.Select(handle => metadata.GetString(metadata.GetAssemblyReference(handle).Name))];
        return new PluginStamp(sdkVersion, version, hasFactory, references);
    }

    private static BlobReader Arguments(MetadataReader metadata, CustomAttribute attribute)
    {
        const int PrologLength = 2;
        BlobReader value = metadata.GetBlobReader(attribute.Value);
        value.Offset = PrologLength;
        return value;
    }

    private static string? TypeName(MetadataReader metadata, CustomAttribute attribute)
    {
        // All three attributes come from another assembly, so each one's constructor is a reference to a member of a type reference.
        if (attribute.Constructor.Kind != HandleKind.MemberReference)
            return null;
        EntityHandle parent = metadata.GetMemberReference((MemberReferenceHandle)attribute.Constructor).Parent;
        if (parent.Kind != HandleKind.TypeReference)
            return null;
        TypeReference type = metadata.GetTypeReference((TypeReferenceHandle)parent);
        return $"{metadata.GetString(type.Namespace)}.{metadata.GetString(type.Name)}";
    }
}
