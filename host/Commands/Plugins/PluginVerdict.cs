using AuditHost.Plugins;
using AuditHost.Plugins.Trust;

namespace AuditHost.Commands.Plugins;

/// <summary>Whether a plugin folder is what somebody vouches for.</summary>
/// <param name="Name">The folder.</param>
/// <param name="Files">How many files it has.</param>
/// <param name="TrustedBy">Who vouches; missing where nobody does.</param>
/// <param name="Problem">What is wrong, and the remedy; missing where nothing is.</param>
internal sealed record PluginVerdict(string Name, int Files, string? TrustedBy, string? Problem)
{
    public static PluginVerdict Of(PluginFolder folder, PluginTrust trust)
    {
        int files = 0;
        string? by = null;
        try
        {
            IReadOnlyList<FileSum> sums = FolderSums.Of(folder);
            files = sums.Count;
            TrustedFolder expected = trust.Expect(folder);
            by = expected.By;
            expected.Verify(sums);
            return new PluginVerdict(folder.Name, files, by, null);
        }
        catch (Exception exception) when (exception is PluginRefusedException or IOException or UnauthorizedAccessException)
        {
            return new PluginVerdict(folder.Name, files, by, exception.Message);
        }
    }
}
