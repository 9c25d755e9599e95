using AuditHost.Configuration.Options;

namespace AuditHost.Plugins.Trust;

/// <summary>Knows which folders may be loaded: those that came with the host, those the site locked, and those a publisher of the site signed.</summary>
internal sealed class PluginTrust
{
    /// <summary>Beside each built-in plugin's folder the build leaves the sums of its files, under the folder's name with this ending.</summary>
    public const string ManifestEnding = ".sha256";

    private readonly PluginOptions? _site;

    /// <param name="site">The site's own plugins; <see langword="null"/> where it has none.</param>
    public PluginTrust(PluginOptions? site)
    {
        _site = site;
    }

    /// <summary>What a folder must consist of, before any of its bytes is looked at.</summary>
    /// <exception cref="PluginRefusedException">Nobody vouches for it.</exception>
    public TrustedFolder Expect(PluginFolder folder)
    {
        try
        {
            return folder.BuiltIn ? ExpectBuiltIn(folder) : ExpectOfSite(folder);
        }
        catch (Exception exception) when (exception is InvalidDataException or IOException or UnauthorizedAccessException)
        {
            throw Untrusted(exception.Message);
        }
    }

    private static TrustedFolder ExpectBuiltIn(PluginFolder folder)
    {
        string manifest = folder.Root + ManifestEnding;
        if (!File.Exists(manifest))
            throw Untrusted($"There is no {Path.GetFileName(manifest)} beside {folder.Root}: it did not come with the host. Move it to the site's own plugins and trust it there, or install the host again.");
        string prefix = folder.Name + '/';
        FileSum[] sums = [.. SumFile.Parse(File.ReadAllText(manifest), manifest).Select(sum => sum.Path.StartsWith(prefix, StringComparison.Ordinal)
            ? sum with { Path = sum.Path[prefix.Length..] }
            : throw new InvalidDataException($"{manifest}: '{sum.Path}' is not in {folder.Name}."))];
        return new TrustedFolder("built-in", sums, "what came with the host", "Install the host again.");
    }

    private TrustedFolder ExpectOfSite(PluginFolder folder)
    {
        PluginOptions site = _site ?? throw Untrusted("The site has no plugins of its own.");
        IReadOnlyList<FileSum>? locked = PluginLock.Read(site.LockFile).Find(folder.Name);
        Publisher[] publishers = [.. site.Publishers.Select(Publisher.Read)];
        if (Publisher.Find(publishers, folder.Root) is { } signed)
        {
            // Of a folder that is both locked and signed the signature speaks: it comes along with each new version.
            FileSum[] sums = [.. signed.Sums.Where(sum => sum.Path is not (Publisher.ListName or Publisher.SignatureName))];
            return new TrustedFolder($"publisher {signed.Publisher.Name}", sums, $"what {signed.Publisher.Name} signed", "Get it from its publisher again.")
            {
                Unlisted = [Publisher.ListName, Publisher.SignatureName],
            };
        }

        if (locked is not null)
            return new TrustedFolder("lock file", locked, $"what {site.LockFile} lists", $"Where that is a version you want, run 'audithost plugins trust {folder.Name}'.");
        throw Untrusted($"{site.LockFile} does not list {folder.Name}. Where you know who made it, run 'audithost plugins trust {folder.Name}'.");
    }

    private static PluginRefusedException Untrusted(string reason) => new(reason, PluginStatus.Untrusted);
}
