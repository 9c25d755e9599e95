using AuditHost.Commands.Plugins;
using AuditHost.Sdk;

namespace AuditHost.Plugins;

/// <summary>
/// The README of a built-in plugin: what its author wrote in <c>NOTES.md</c>, and behind the introduction what the code says of each type,
/// with its commented sample.
/// </summary>
internal static class PluginPage
{
    private const string Notice =
        "<!-- Generated from NOTES.md, the settings' descriptions and the samples. Change those, then run tests/readmes. -->\n";

    public static string Root { get; } = Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "..", "..", "..", ".."));

    public static string PathOf(string plugin) => Path.Combine(Root, "plugins", plugin, "README.md");

    public static string Compose(string plugin, IEnumerable<PluginFactory> factories)
    {
        string notes = File.ReadAllText(Path.Combine(Root, "plugins", plugin, "NOTES.md")).TrimEnd() + "\n";
        int rest = notes.IndexOf("\n## ", StringComparison.Ordinal);
        (string introduction, string sections) = rest < 0 ? (notes, string.Empty) : (notes[..rest].TrimEnd() + "\n", notes[rest..]);
        return $"{Notice}{introduction}\n{string.Join('\n', factories.Select(Section))}{sections}";
    }

    /// <summary>The sample of a type, relative to the repository; it need not be there.</summary>
    public static string SampleOf(PluginFactory factory) =>
        $"host/samples/{(factory is ConnectorFactory ? "destinations" : "formats")}/{factory.Type}.yaml";

    private static string Section(PluginFactory factory)
    {
        string section = PluginMarkdown.Of(factory);
        string sample = Path.Combine(Root, SampleOf(factory));
        return File.Exists(sample)
            ? $"{section}\n[{SampleOf(factory)}](../../{SampleOf(factory)}):\n\n```yaml\n{File.ReadAllText(sample).Trim()}\n```\n"
            : section;
    }
}
