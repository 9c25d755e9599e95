using System.Security.Authentication;

namespace AuditHost.Configuration.Keys;

/// <summary><c>tls</c> towards destinations.</summary>
internal static class TlsKeys
{
    public static readonly ScalarKey<SslProtocols> MinimumVersion = new(
        "min_version", Kinds.Choice(("1.2", SslProtocols.Tls12), ("1.3", SslProtocols.Tls13)), "The lowest version that may be agreed on.");

    public static readonly ScalarKey<bool> VerifyCertificates = new(
        "verify_certificates", Kinds.Boolean, "Whether the destination's certificate is checked.");

    public static readonly ScalarKey<string> ClientCertificatePath = new(
        "client_certificate_path", Kinds.Path, "PEM file of the client's certificate.");
    public static readonly ScalarKey<string> ClientKeyPath = new("client_key_path", Kinds.Path, "PEM file of the client's private key.");
    public static readonly ScalarKey<string> CaCertificatePath = new(
        "ca_certificate_path", Kinds.Path, "PEM file of the authorities to trust instead of the system's.");

    public static readonly KeySet Set = new(MinimumVersion, VerifyCertificates, ClientCertificatePath, ClientKeyPath, CaCertificatePath);
}
