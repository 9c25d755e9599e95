using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace AuditHost.Tests.Security;

/// <summary>A certificate authority made for one test, with its files in a folder of its own.</summary>
internal sealed class TestAuthority : IDisposable
{
    private readonly X509Certificate2 _root;
    private readonly string _folder = Directory.CreateTempSubdirectory("audithost-tls-").FullName;

    public TestAuthority(string name = "Test authority")
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        _root = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddYears(-2), DateTimeOffset.UtcNow.AddYears(2));
        File.WriteAllText(RootPath, _root.ExportCertificatePem());
    }

    public string RootPath => PathOf("ca.pem");

    public string PathOf(string name) => Path.Combine(_folder, name);

    /// <summary>Issues a certificate with its key for <c>localhost</c> and 127.0.0.1, valid today, unless told otherwise.</summary>
    public X509Certificate2 Issue(string name = "localhost", int fromDay = -1, int toDay = 30)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(name);
        if (name == "localhost")
            names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        using X509Certificate2 issued = request.Create(
            _root, DateTimeOffset.UtcNow.AddDays(fromDay), DateTimeOffset.UtcNow.AddDays(toDay), RandomNumberGenerator.GetBytes(8));
        return issued.CopyWithPrivateKey(key);
    }

    /// <summary>Issues a certificate and writes it and its key as PEM.</summary>
    public (string Certificate, string Key) IssueFiles(string name)
    {
        using X509Certificate2 issued = Issue(name);
        using ECDsa key = issued.GetECDsaPrivateKey()!;
        (string certificate, string keyPath) = (PathOf($"{name}.pem"), PathOf($"{name}.key"));
        File.WriteAllText(certificate, issued.ExportCertificatePem());
        File.WriteAllText(keyPath, key.ExportPkcs8PrivateKeyPem());
        return (certificate, keyPath);
    }

    public void Dispose()
    {
        _root.Dispose();
        Directory.Delete(_folder, recursive: true);
    }
}
