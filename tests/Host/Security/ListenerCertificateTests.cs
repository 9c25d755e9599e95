using AuditHost.Configuration.Options;
using AuditHost.Sdk;
using AuditHost.Security;

namespace AuditHost.Tests.Security;

public sealed class ListenerCertificateTests : IDisposable
{
    private readonly TestAuthority _authority = new();

    [Fact]
    public void No_files_mean_plain_http() => Assert.Null(ListenerCertificate.Load(new HttpListenerOptions()));

    [Fact]
    public void A_certificate_comes_with_its_key_and_the_chain_behind_it()
    {
        (string certificate, string key) = _authority.IssueFiles("localhost");
        File.AppendAllText(certificate, "\n" + File.ReadAllText(_authority.RootPath));

        CertificateWithKey? loaded = ListenerCertificate.Load(new HttpListenerOptions { CertificatePath = certificate, KeyPath = key });

        Assert.NotNull(loaded);
        Assert.True(loaded.Certificate.HasPrivateKey);
        Assert.Equal("CN=localhost", loaded.Certificate.Subject);
        Assert.Equal("CN=Test authority", Assert.Single(loaded.Intermediates).Subject);
    }

    [Fact]
    public void A_key_that_belongs_to_another_certificate_is_named()
    {
        (string certificate, _) = _authority.IssueFiles("localhost");
        (_, string otherKey) = _authority.IssueFiles("other");

        SettingsException exception = Refused(certificate, otherKey);

        Assert.Equal("host.http.key_path", exception.Setting);
        Assert.Contains(otherKey, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_file_is_named_with_its_setting()
    {
        (string certificate, _) = _authority.IssueFiles("localhost");

        SettingsException exception = Refused(certificate, _authority.PathOf("missing.key"));

        Assert.Equal("host.http.key_path", exception.Setting);
        Assert.Contains("missing.key", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_without_a_certificate_is_an_error()
    {
        (_, string key) = _authority.IssueFiles("localhost");

        Assert.Equal("host.http.certificate_path", Refused(key, key).Setting);
    }

    [Fact]
    public void One_of_the_two_paths_alone_is_an_error()
    {
        Assert.Equal("host.http.key_path", Refused(_authority.RootPath, null).Setting);
        Assert.Equal("host.http.certificate_path", Refused(null, _authority.RootPath).Setting);
    }

    public void Dispose() => _authority.Dispose();

    private static SettingsException Refused(string? certificate, string? key) =>
        Assert.Throws<SettingsException>(() => ListenerCertificate.Load(new HttpListenerOptions { CertificatePath = certificate, KeyPath = key }));
}
