namespace AuditHost.Plugins;

/// <summary>One folder of a plugins directory, as <c>dotnet publish</c> left it: <c>acme/acme.dll</c> and what that needs.</summary>
/// <param name="Root">The folder, absolute.</param>
/// <param name="BuiltIn">Whether it came with the host.</param>
internal sealed record PluginFolder(string Root, bool BuiltIn)
{
    public string Name => Path.GetFileName(Root);

    public string MainAssembly => Path.Combine(Root, Name + ".dll");

    /// <summary>The folders of a directory, by name, so that every start finds the same. Names with a dot in front are left out.</summary>
    public static IEnumerable<PluginFolder> In(string directory, bool builtIn) => Directory
        .EnumerateDirectories(Path.GetFullPath(directory))
        .Select(path => new PluginFolder(path, builtIn))
        .Where(folder => !folder.Name.StartsWith('.'))
        .OrderBy(folder => folder.Name, StringComparer.Ordinal);

    /// <summary>Reads what the main assembly says of itself.</summary>
    /// <exception cref="PluginRefusedException">There is none, or it is not .NET.</exception>
    public PluginStamp ReadStamp()
    {
        RefuseLinkOutOf(Path.GetDirectoryName(Root)!, new DirectoryInfo(Root));
        var main = new FileInfo(MainAssembly);
        RefuseLinkOutOf(Root, main);
        if (!main.Exists)
            throw new PluginRefusedException($"There is no {main.Name} in {Root}. The main assembly has its folder's name: rename one of them.");
        try
        {
            return PluginStamp.Read(MainAssembly);
        }
        catch (BadImageFormatException)
        {
            throw new PluginRefusedException($"{main.Name} is not a .NET assembly. Replace the folder with the output of 'dotnet publish'.");
        }
    }

    /// <summary>Checks all that can be checked before anything is loaded.</summary>
    /// <exception cref="PluginRefusedException">The folder cannot serve.</exception>
    public void Verify(PluginStamp stamp)
    {
        stamp.Verify(Path.GetFileName(MainAssembly));
        var assemblies = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (FileInfo file in Files(new DirectoryInfo(Root)))
        {
            if (file.Extension.Equals(".dll", StringComparison.OrdinalIgnoreCase))
                assemblies.Add(Path.GetFileNameWithoutExtension(file.Name));
        }

        RefuseShared(assemblies);
        RefuseIncomplete(assemblies, stamp.References);
    }

    private static void RefuseShared(IEnumerable<string> assemblies)
    {
        if (assemblies.Order(StringComparer.Ordinal).FirstOrDefault(SdkReferences.Closure.Contains) is not { } name)
            return;
        string remedy = name.Equals(SdkReferences.SdkName, StringComparison.OrdinalIgnoreCase)
            ? $"Reference {name} with ExcludeAssets=\"runtime\""
            : $"Exclude the runtime assets of the package that brings {name}";
        throw new PluginRefusedException($"The folder contains {name}.dll, which the host provides to every plugin. {remedy} and publish again.");
    }

    private static void RefuseIncomplete(HashSet<string> assemblies, IEnumerable<string> references)
    {
        foreach (string name in references.Order(StringComparer.Ordinal))
        {
            if (!assemblies.Contains(name) && !SdkReferences.Closure.Contains(name) && !FrameworkReferences.Names.Contains(name))
                throw MissingAssembly(name);
        }
    }

    /// <summary>The refusal of a plugin one of whose assemblies is not there.</summary>
    public static PluginRefusedException MissingAssembly(string name) =>
        new($"The assembly {name} is missing. Replace the folder with the whole output of 'dotnet publish'.");

    private static IEnumerable<FileInfo> Files(DirectoryInfo folder)
    {
        var pending = new Stack<DirectoryInfo>([folder]);
        while (pending.TryPop(out DirectoryInfo? directory))
        {
            foreach (FileSystemInfo entry in directory.EnumerateFileSystemInfos())
            {
                RefuseLinkOutOf(folder.FullName, entry);
                if (entry is FileInfo file)
                    yield return file;
                else if (entry is DirectoryInfo child && child.LinkTarget is null)
                    pending.Push(child);
            }
        }
    }

    private static void RefuseLinkOutOf(string bounds, FileSystemInfo entry)
    {
        if (entry.LinkTarget is null)
            return;
        string target = entry.ResolveLinkTarget(returnFinalTarget: true)!.FullName;
        if (!target.StartsWith(bounds + Path.DirectorySeparatorChar, StringComparison.Ordinal))
            throw new PluginRefusedException($"{entry.FullName} is a link that leads out of {bounds}, to {target}. Copy the files instead.");
    }
}
