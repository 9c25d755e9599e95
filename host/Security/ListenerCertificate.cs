using AuditHost.Configuration.Options;
using AuditHost.Sdk;

namespace AuditHost.Security;

/// <summary>The certificate of the HTTP listener.</summary>
internal static class ListenerCertificate
{
    /// <summary>Loads it; <see langword="null"/> where the listener speaks plain HTTP.</summary>
    /// <exception cref="SettingsException">One of the two files is not named, cannot be read, or does not fit the other.</exception>
    public static CertificateWithKey? Load(HttpListenerOptions options) => (options.CertificatePath, options.KeyPath) switch
    {
        (null, null) => null,
        (null, _) => throw new SettingsException("host.http.certificate_path", "Missing. A key needs the PEM file of its certificate"),
        (_, null) => throw new SettingsException("host.http.key_path", "Missing. A certificate needs the PEM file of its private key"),
        var (certificate, key) => PemFile.ReadPair("host.http.certificate_path", certificate, "host.http.key_path", key),
    };
}
