using System.Security.Cryptography;
using System.Text;
using AuditHost.Plugins.Trust;
using AuditHost.Sdk;

namespace AuditHost.Plugins;

/// <summary>The way of one folder into the process: trusted, copied, verified, loaded. Each step can end it with a reason.</summary>
/// <param name="trust">Who vouches for what.</param>
/// <param name="stage">Takes the copies.</param>
/// <param name="inquire">Asks a plugin of the site's own in a process of its own; <see langword="null"/> where they are loaded here.</param>
internal sealed class PluginOpener(PluginTrust trust, PluginStage stage, Func<string, IPluginHandle>? inquire)
{
    /// <exception cref="PluginRefusedException">It cannot serve.</exception>
    public LoadedPlugin Open(PluginFolder folder)
    {
        IReadOnlyList<string> files = folder.Files();
        folder.RefuseWithoutMain(files);
        TrustedFolder expected = trust.Expect(folder);
        PluginFolder copy = Copy(folder, files, out IReadOnlyList<FileSum> sums);
        try
        {
            expected.Verify(sums);
            PluginStamp stamp = copy.ReadStamp();
            copy.Verify(stamp, files);
            bool isolated = inquire is not null && !folder.BuiltIn;
            IPluginHandle handle = isolated ? inquire!(copy.MainAssembly) : PluginHandle.Load(copy.MainAssembly);
            PluginDescription description = Describe(folder, stamp, expected.By, handle.Factories) with { Isolated = isolated, MainAssembly = copy.MainAssembly };
            return new LoadedPlugin(folder, copy, handle, description, FingerprintOf(sums));
        }
        catch
        {
            PluginStage.Remove(copy);
            throw;
        }
    }

    private PluginFolder Copy(PluginFolder folder, IReadOnlyList<string> files, out IReadOnlyList<FileSum> sums)
    {
        try
        {
            return stage.Copy(folder, files, out sums);
        }
        catch (IOException exception) when (exception is not (FileNotFoundException or DirectoryNotFoundException))
        {
            throw new PluginStageException(folder.Root, exception);
        }
    }

    /// <summary>Describes a folder that does not serve, as far as its main assembly can be read without running any of it.</summary>
    public static PluginDescription Describe(PluginFolder folder, PluginStatus status, string reason)
    {
        PluginStamp? stamp = null;
        try
        {
            stamp = folder.ReadStamp();
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            // Whatever bytes a stranger put there: what it is called and why it does not serve is all there is to say.
        }

        return new PluginDescription(folder.Name, stamp?.Version ?? string.Empty, stamp?.SdkVersion ?? string.Empty, folder.Root, folder.BuiltIn, status, reason, []);
    }

    private static PluginDescription Describe(PluginFolder folder, PluginStamp stamp, string trustedBy, IReadOnlyList<PluginFactory> factories) => new(
        folder.Name,
        stamp.Version,
        stamp.SdkVersion ?? string.Empty,
        folder.Root,
        folder.BuiltIn,
        PluginStatus.Loaded,
        Reason: null,
        [.. factories.Select(factory => factory.Type)])
    {
        TrustedBy = trustedBy,
        PinnedBy = factories.Select(PinnedByOf).FirstOrDefault(pin => pin is not null),
    };

    private static string? PinnedByOf(PluginFactory factory) => factory switch
    {
        ConnectorFactory connector => connector.Info.PinnedBy,
        FormatterFactory formatter => formatter.Info.PinnedBy,
        _ => null,
    };

    private static string FingerprintOf(IReadOnlyList<FileSum> sums) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(SumFile.Format(sums))));
}
