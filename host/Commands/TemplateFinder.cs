using System.CommandLine;
using AuditHost.Configuration;
using AuditHost.Formatting.Library;

namespace AuditHost.Commands;

/// <summary>Finds a template that a command names: one of the library by its name, any other by its path.</summary>
internal static class TemplateFinder
{
    public static Argument<string> Argument() => new("template") { Description = "A template's name, or its file." };

    /// <summary>The library of a site, which need not have a site file yet.</summary>
    public static TemplateLibrary Open(string config) =>
        new(SiteLoader.FindTemplateDirectory(config, Environment.GetEnvironmentVariable));

    /// <summary>A file below the working directory is shown as one would type it.</summary>
    public static string Shown(string path)
    {
        string relative = Path.GetRelativePath(Environment.CurrentDirectory, path);
        return relative.StartsWith("..", StringComparison.Ordinal) ? path : relative;
    }

    /// <summary>The file of a template; <see langword="null"/> after saying why there is none.</summary>
    public static string? FindPath(string wanted, string config)
    {
        if (!TemplateName.IsMeant(wanted))
        {
            if (File.Exists(wanted))
                return wanted;
            Console.Error.WriteLine($"audithost: there is no file {wanted}.");
            return null;
        }

        TemplateLibrary library = Open(config);
        TemplateEntry[] found = [.. library.Entries.Where(entry => entry.Name == wanted)];
        if (found is [var entry])
            return Shown(entry.Path);
        string hint = NearestName.Find(wanted, library.Names) is { } nearest ? $" Did you mean {nearest}?" : string.Empty;
        string problem = found is [] ? $"there is no template '{wanted}'.{hint} There are {string.Join(", ", library.Names)}" : found[0].Problem!;
        Console.Error.WriteLine($"audithost: {problem}.");
        return null;
    }
}
