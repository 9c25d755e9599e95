using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using AuditHost.Configuration.Options;
using AuditHost.Sdk;

namespace AuditHost.Security;

/// <summary>
/// TLS towards one destination. Files are read at the first use: a destination without TLS needs none, and one whose file was
/// missing finds it at the next attempt.
/// </summary>
internal sealed class ClientTls(TlsOptions options)
{
    private const string ServerAuthentication = "1.3.6.1.5.5.7.3.1";

    // Failures are not kept, and no lock is held while a file is read.
    private readonly Lazy<X509Certificate2Collection?> _authorities =
        new(() => ReadAuthorities(options), LazyThreadSafetyMode.PublicationOnly);

    private readonly Lazy<SslStreamCertificateContext?> _clientCertificate =
        new(() => ReadClientCertificate(options), LazyThreadSafetyMode.PublicationOnly);

    /// <summary>Options for a connection to the named host; without a name the caller's stack fills it in.</summary>
    /// <exception cref="SettingsException">A certificate or key cannot be read.</exception>
    public SslClientAuthenticationOptions CreateOptions(string? host = null)
    {
        var created = new SslClientAuthenticationOptions
        {
            TargetHost = host,
            EnabledSslProtocols = AtLeast(options.MinimumVersion),
            EncryptionPolicy = EncryptionPolicy.RequireEncryption,
            ClientCertificateContext = _clientCertificate.Value,
        };
#pragma warning disable CA5359 // The site file switched the check off for this destination, in so many words.
        if (!options.VerifyCertificates)
            created.RemoteCertificateValidationCallback = static (_, _, _, _) => true;
#pragma warning restore CA5359
        else if (_authorities.Value is { } authorities)
            created.CertificateChainPolicy = Trust(authorities);
        return created;
    }

    /// <summary>The same for plugins whose libraries bring their own transport.</summary>
    public TlsPolicy ToPolicy() => new()
    {
        MinimumVersion = options.MinimumVersion,
        VerifyCertificates = options.VerifyCertificates,
        CaCertificatePath = options.CaCertificatePath,
        ClientCertificatePath = options.ClientCertificatePath,
        ClientKeyPath = options.ClientKeyPath,
        CreateClientOptions = CreateOptions,
    };

    private static SslProtocols AtLeast(SslProtocols minimum) =>
        minimum == SslProtocols.Tls13 ? SslProtocols.Tls13 : SslProtocols.Tls12 | SslProtocols.Tls13;

    // No revocation check, which is the platform's own default too: a site whose CRL server is away would stop delivering.
    private static X509ChainPolicy Trust(X509Certificate2Collection authorities)
    {
        var policy = new X509ChainPolicy
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            RevocationMode = X509RevocationMode.NoCheck,
            DisableCertificateDownloads = true,
        };
        policy.CustomTrustStore.AddRange(authorities);
        policy.ExtraStore.AddRange(authorities);
        policy.ApplicationPolicy.Add(new Oid(ServerAuthentication));
        return policy;
    }

    private static X509Certificate2Collection? ReadAuthorities(TlsOptions options)
    {
        if (options.CaCertificatePath is not { } path)
            return null;
        X509Certificate2Collection authorities = PemFile.ReadAll("tls.ca_certificate_path", path);

        // A chain ends at a self-signed certificate; with intermediate ones alone every connection would fail without saying why.
        return authorities.Any(certificate => certificate.SubjectName.RawData.AsSpan().SequenceEqual(certificate.IssuerName.RawData))
            ? authorities
            : throw new SettingsException("tls.ca_certificate_path", $"{path} has no root certificate. Add the self-signed one at the end of the chain");
    }

    private static SslStreamCertificateContext? ReadClientCertificate(TlsOptions options)
    {
        if (options.ClientCertificatePath is not { } certificatePath)
            return null;
        if (options.ClientKeyPath is not { } keyPath)
            throw new SettingsException("tls.client_key_path", "Missing. A client certificate needs the PEM file of its private key");
        CertificateWithKey pair = PemFile.ReadPair("tls.client_certificate_path", certificatePath, "tls.client_key_path", keyPath);
        return SslStreamCertificateContext.Create(pair.Certificate, pair.Intermediates, offline: true);
    }
}
