using System.Security.Cryptography.X509Certificates;
using AuditHost.Fakes.Fluentd;
using AuditHost.Plugins.Tests.Syslog;
using AuditHost.Sdk;
using AuditHost.Sdk.Testing;

namespace AuditHost.Plugins.Tests.Fluentd;

public sealed class FluentdTlsTests
{
    private static CancellationToken Cancelled => Xunit.TestContext.Current.CancellationToken;

    [Fact]
    public async Task Tls_is_the_hosts()
    {
        using var folder = new TestFolder();
        using var certificates = new TestCertificates(folder.Path);
        using var certificate = X509Certificate2.CreateFromPemFile(certificates.CertificatePath, certificates.KeyPath);
        await using var input = new ForwardInput(certificate) { Security = new InputSecurity("key") };
        using var trusting = new TestPluginContext(authority: certificates.Authority);
        using var wary = new TestPluginContext();
        await using IConnector connector = FluentdTest.Create(trusting, input, ""","shared_key":"key" """);
        await using IConnector stranger = FluentdTest.Create(wary, input, ""","shared_key":"key" """);

        Assert.True((await connector.SendAsync(FluentdTest.Batch(200), Cancelled)).IsDelivered);
        await Assert.ThrowsAsync<IOException>(async () => await stranger.SendAsync(FluentdTest.Batch(1), Cancelled));
        Assert.Equal(200, input.Count);
    }
}
