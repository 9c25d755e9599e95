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

    /// <returns><see langword="null"/> where the directory has no such folder.</returns>
    public static PluginFolder? Find(string directory, string name, bool builtIn) =>
        Directory.Exists(directory) ? In(directory, builtIn).FirstOrDefault(folder => folder.Name == name) : null;

    /// <summary>Every file, by its path in the folder, with slashes.</summary>
    /// <exception cref="PluginRefusedException">One can be altered by everybody, or stands for another.</exception>
    public IReadOnlyList<string> Files()
    {
        Refuse(new DirectoryInfo(Path.GetDirectoryName(Root)!), linksToo: false);
        var folder = new DirectoryInfo(Root);
        Refuse(folder, linksToo: true);
        var files = new List<string>();
        var names = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var pending = new Stack<DirectoryInfo>([folder]);
        while (pending.TryPop(out DirectoryInfo? directory))
        {
            foreach (FileSystemInfo entry in directory.EnumerateFileSystemInfos())
            {
                Refuse(entry, linksToo: true);
                string path = Path.GetRelativePath(Root, entry.FullName).Replace(Path.DirectorySeparatorChar, '/');
                if (!names.Add(path))
                    throw new PluginRefusedException($"There are two of {entry.FullName} that differ in case alone. Remove one of them.");
                if (path.Contains('\\', StringComparison.Ordinal) || path.Any(char.IsControl))
                    throw new PluginRefusedException($"A name in {directory.FullName} has a backslash or a control character. Rename the file.");
                if (entry is DirectoryInfo child)
                    pending.Push(child);
                else
                    files.Add(path);
            }
        }

        files.Sort(StringComparer.Ordinal);
        return files;
    }

    /// <exception cref="PluginRefusedException">The main assembly is not among the files.</exception>
    public void RefuseWithoutMain(IReadOnlyList<string> files)
    {
        if (!files.Contains(Path.GetFileName(MainAssembly)))
            throw new PluginRefusedException($"There is no {Path.GetFileName(MainAssembly)} in {Root}. The main assembly has its folder's name: rename one of them.");
    }

    /// <summary>Reads what the main assembly says of itself.</summary>
    /// <exception cref="PluginRefusedException">It is not .NET.</exception>
    public PluginStamp ReadStamp()
    {
        try
        {
            return PluginStamp.Read(MainAssembly);
        }
        catch (BadImageFormatException)
        {
            throw new PluginRefusedException($"{Path.GetFileName(MainAssembly)} is not a .NET assembly. Replace the folder with the output of 'dotnet publish'.");
        }
    }

    /// <summary>Checks all that can be checked before anything is loaded.</summary>
    /// <exception cref="PluginRefusedException">The folder cannot serve.</exception>
    public void Verify(PluginStamp stamp, IReadOnlyList<string> files)
    {
        stamp.Verify(Path.GetFileName(MainAssembly));
        HashSet<string> assemblies = files
            .Where(file => file.EndsWith(".dll", StringComparison.OrdinalIgnoreCase))
            .Select(file => Path.GetFileNameWithoutExtension(file))
            .ToHashSet(StringComparer.OrdinalIgnoreCase);
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

    private static void Refuse(FileSystemInfo entry, bool linksToo)
    {
        if (linksToo && entry.LinkTarget is { } target)
            throw new PluginRefusedException($"{entry.FullName} is a link, to {target}. Copy the files instead.", PluginStatus.Untrusted);
        if (!OperatingSystem.IsWindows() && entry.LinkTarget is null && entry.UnixFileMode.HasFlag(UnixFileMode.OtherWrite))
            throw new PluginRefusedException($"{entry.FullName} can be written by everybody on this machine. chmod o-w it.", PluginStatus.Untrusted);
    }
}
