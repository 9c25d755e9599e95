using System.Security.Authentication;

namespace AuditHost.Configuration.Options;

/// <summary>TLS towards a destination. Paths are absolute.</summary>
internal sealed record TlsOptions
{
    public SslProtocols MinimumVersion { get; init; } = SslProtocols.Tls12;

    public bool VerifyCertificates { get; init; } = true;

    public string? ClientCertificatePath { get; init; }

    public string? ClientKeyPath { get; init; }

    public string? CaCertificatePath { get; init; }
}
