using System.Security.Cryptography.X509Certificates;
using AuditHost.EndToEnd.Network;

namespace AuditHost.EndToEnd.Enterprise;

/// <summary>Everything that the given site leads to, part by part.</summary>
internal sealed class EnterpriseServers : IAsyncDisposable
{
    private readonly X509Certificate2 _certificate = TestCertificate.Create(EventStores.QRadarAddress);
    private readonly IReadOnlyList<IEnterprisePart> _parts;

    private EnterpriseServers() => _parts = [new EventStores(_certificate), new Monitors(), new AlertReceivers()];

    public IEnumerable<EnterpriseServer> All => _parts.SelectMany(part => part.Servers);

    public IReadOnlySet<string> Sections => _parts.SelectMany(part => part.Sections).ToHashSet();

    public static async Task<EnterpriseServers> StartAsync(SiteFolder site, CancellationToken cancellationToken)
    {
        var servers = new EnterpriseServers();
        foreach (IEnterprisePart part in servers._parts)
            await part.StartAsync(site, cancellationToken);
        servers.WriteCertificates(site);
        return servers;
    }

    public string Adapt(string given) => _parts.Aggregate(given, (text, part) => part.Adapt(text));

    /// <summary>The variables that the file names.</summary>
    public IReadOnlyDictionary<string, string> Variables(SiteFolder site) => new Dictionary<string, string>(_parts.SelectMany(part => part.Variables))
    {
        ["CLIENT_CERT_PATH"] = site.File("client.pem"),
        ["CLIENT_KEY_PATH"] = site.File("client.key"),
        ["CA_CERT_PATH"] = site.File("ca.pem"),
    };

    public async ValueTask DisposeAsync()
    {
        foreach (IEnterprisePart part in _parts)
            await part.DisposeAsync();
        _certificate.Dispose();
    }

    /// <summary>Writes the certificates that the file names.</summary>
    private void WriteCertificates(SiteFolder site)
    {
        site.Write("client.pem", _certificate.ExportCertificatePem());
        site.Write("ca.pem", _certificate.ExportCertificatePem());
        site.Write("client.key", _certificate.GetECDsaPrivateKey()!.ExportPkcs8PrivateKeyPem());
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(site.File("client.key"), UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }
}
