using AuditHost.Configuration.Options;
using AuditHost.Sdk;

namespace AuditHost.Lanes;

/// <summary>Where a destination leads, in words for the operator: absolute paths and addresses, never with user name, password or query.</summary>
internal static class DestinationEndpoints
{
    public static IReadOnlyList<string> Of(ConnectorFactory factory, DestinationOptions options, string baseDirectory, Func<string, string> redact)
    {
        try
        {
            return [.. factory.Endpoints(options.Settings).Select(endpoint => redact(Shown(endpoint, baseDirectory)))];
        }
#pragma warning disable CA1031 // A plugin may fail in any way, and this is only for show.
        catch (Exception)
#pragma warning restore CA1031
        {
            return [];
        }
    }

    private static string Shown(Uri endpoint, string baseDirectory)
    {
        if (!endpoint.IsAbsoluteUri)
            return Path.GetFullPath(endpoint.OriginalString, baseDirectory);
        if (endpoint.IsFile)
            return endpoint.LocalPath;
        UriComponents shown = endpoint.AbsolutePath == "/" ? UriComponents.SchemeAndServer : UriComponents.SchemeAndServer | UriComponents.Path;
        return endpoint.GetComponents(shown, UriFormat.UriEscaped);
    }
}
