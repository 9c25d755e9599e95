using AuditHost.Sdk;

namespace AuditHost.Configuration.Binding;

/// <summary>Tells whether a destination speaks TLS, and so uses the shared TLS settings.</summary>
internal static class TlsUse
{
    private static readonly HashSet<string> Schemes = new(StringComparer.OrdinalIgnoreCase)
    {
        "https", "wss", "tls", "ssl", "amqps", "mqtts", "ftps", "smtps", "ldaps", "nats+tls", "kafka+ssl",
    };

    public static bool IsIn(ConnectorFactory connector, ReadOnlyMemory<byte> settings)
    {
        try
        {
            return connector.Endpoints(settings).Any(endpoint => endpoint.IsAbsoluteUri && Schemes.Contains(endpoint.Scheme));
        }
#pragma warning disable CA1031 // A plugin may fail in any way; its own check of the same settings follows and reports it.
        catch (Exception)
#pragma warning restore CA1031
        {
            return false;
        }
    }
}
