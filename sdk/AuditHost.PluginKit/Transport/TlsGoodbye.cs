using System.Net.Security;

namespace AuditHost.PluginKit.Transport;

/// <summary>Closes in good order: a sender says close_notify (RFC 5425 section 4.4), so that the peer knows the end from a cut.</summary>
internal static class TlsGoodbye
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(2);

    public static async ValueTask SayAsync(Stream stream, TimeProvider time)
    {
        if (stream is not SslStream { CanWrite: true } tls)
            return;
        try
        {
            await tls.ShutdownAsync().WaitAsync(Timeout, time).ConfigureAwait(false);
        }
        catch (Exception)
        {
            // A courtesy must not fail the closing. Besides a peer that is gone or does not read, OpenSSL refuses when the reading
            // is at that moment busy with a session ticket, which shows as an exception of no public type.
        }
    }
}
