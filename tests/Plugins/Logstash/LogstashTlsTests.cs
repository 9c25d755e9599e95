using System.Security.Cryptography.X509Certificates;
using AuditHost.Fakes.Logstash;
using AuditHost.Plugins.Tests.Fluentd;
using AuditHost.Plugins.Tests.Syslog;
using AuditHost.Sdk;
using AuditHost.Sdk.Testing;

namespace AuditHost.Plugins.Tests.Logstash;

public sealed class LogstashTlsTests
{
    private static CancellationToken Cancelled => Xunit.TestContext.Current.CancellationToken;

    [Fact]
    public async Task Tls_is_the_hosts_in_every_mode()
    {
        using var folder = new TestFolder();
        using var certificates = new TestCertificates(folder.Path);
        using var certificate = X509Certificate2.CreateFromPemFile(certificates.CertificatePath, certificates.KeyPath);
        await using var lines = new LogstashTcpInput(certificate);
        await using var beats = new BeatsInput(certificate);
        await using var http = new LogstashHttpInput(certificate);
        await http.StartAsync(Cancelled);
        using var trusting = new TestPluginContext(authority: certificates.Authority);
        using var wary = new TestPluginContext();

        foreach ((Uri address, string mode, LogstashIntake intake) in new[] { (lines.Address, "tcp", lines.Intake), (beats.Address, "lumberjack", beats.Intake), (http.Address, "http", http.Intake) })
        {
            string further = $",\"mode\":\"{mode}\"";
            await using IConnector connector = LogstashTest.Create(trusting, address, further);
            await using IConnector stranger = LogstashTest.Create(wary, address, further);

            await connector.ProbeAsync(Cancelled);
            Assert.True((await connector.SendAsync(FluentdTest.Batch(200), Cancelled)).IsDelivered);
            Assert.Equal(200, (await intake.NextAsync(200, Cancelled)).Count);
            await Assert.ThrowsAnyAsync<Exception>(async () => await stranger.SendAsync(FluentdTest.Batch(1), Cancelled));
            await Assert.ThrowsAsync<IOException>(async () => await stranger.ProbeAsync(Cancelled));
            Assert.Equal(200, intake.Count);
        }
    }
}
