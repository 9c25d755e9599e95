using System.Net.Security;
using System.Security.Authentication;

namespace AuditHost.Sdk;

/// <summary>The TLS settings in force for a destination, for client libraries that bring their own transport.</summary>
public sealed class TlsPolicy
{
    /// <summary>The lowest protocol version that may be agreed on.</summary>
    public SslProtocols MinimumVersion { get; init; } = SslProtocols.Tls12;

    /// <summary>Whether the peer's certificate is checked. Off only where the site file says so.</summary>
    public bool VerifyCertificates { get; init; } = true;

    /// <summary>PEM file of the authorities to trust instead of the system's.</summary>
    public string? CaCertificatePath { get; init; }

    /// <summary>PEM file of the client's certificate.</summary>
    public string? ClientCertificatePath { get; init; }

    /// <summary>PEM file of the client's private key.</summary>
    public string? ClientKeyPath { get; init; }

    /// <summary>Options for an <see cref="SslStream"/> to the named host, with the certificates loaded.</summary>
    public Func<string, SslClientAuthenticationOptions> CreateClientOptions { get; init; } =
        static host => new SslClientAuthenticationOptions { TargetHost = host };
}
