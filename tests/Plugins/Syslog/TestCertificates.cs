using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace AuditHost.Plugins.Tests.Syslog;

/// <summary>An authority and a server certificate for 127.0.0.1 under it, as the PEM files that receivers read.</summary>
internal sealed class TestCertificates : IDisposable
{
    public TestCertificates(string directory)
    {
        DateTimeOffset start = DateTimeOffset.UtcNow.AddDays(-1);
        DateTimeOffset end = start.AddDays(30);
        using RSA authorityKey = RSA.Create(2048);
        var authorityRequest = new CertificateRequest("CN=AuditHost Test Authority", authorityKey, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        authorityRequest.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, false, 0, critical: true));
        Authority = authorityRequest.CreateSelfSigned(start, end);

        using RSA key = RSA.Create(2048);
        var request = new CertificateRequest("CN=127.0.0.1", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        using X509Certificate2 server = request.Create(Authority, start, end, RandomNumberGenerator.GetBytes(8));

        AuthorityPath = Write(directory, "ca.pem", Authority.ExportCertificatePem());
        CertificatePath = Write(directory, "server.pem", server.ExportCertificatePem());
        KeyPath = Write(directory, "server.key", key.ExportPkcs8PrivateKeyPem());
    }

    public X509Certificate2 Authority { get; }

    public string AuthorityPath { get; }

    public string CertificatePath { get; }

    public string KeyPath { get; }

    public void Dispose() => Authority.Dispose();

    private static string Write(string directory, string name, string pem)
    {
        string path = Path.Combine(directory, name);
        System.IO.File.WriteAllText(path, pem);
        return path;
    }
}
