using System.Net;
using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using AuditHost.Configuration.Options;
using AuditHost.Sdk;
using AuditHost.Security;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Https;

namespace AuditHost.Tests.Security;

public sealed class ClientTlsTests : IDisposable
{
    private readonly TestAuthority _authority = new();

    private TlsOptions Trusting => new() { CaCertificatePath = _authority.RootPath };

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_server_of_the_sites_own_authority_is_trusted_by_name_and_by_address(bool byName)
    {
        using X509Certificate2 certificate = _authority.Issue();

        Assert.Equal("HTTP/2", await GetAsync(certificate, Trusting, byName));
    }

    [Fact]
    public async Task An_expired_certificate_is_refused()
    {
        using X509Certificate2 certificate = _authority.Issue(fromDay: -30, toDay: -1);

        Assert.Contains("NotTimeValid", await RefusedAsync(certificate, Trusting), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_certificate_that_is_not_valid_yet_is_refused()
    {
        using X509Certificate2 certificate = _authority.Issue(fromDay: 1);

        Assert.Contains("NotTimeValid", await RefusedAsync(certificate, Trusting), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_certificate_of_another_host_is_refused_with_the_remedy()
    {
        using X509Certificate2 certificate = _authority.Issue("other.example");

        Assert.Contains("one of the names in the certificate", await RefusedAsync(certificate, Trusting), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unknown_authority_is_refused_with_the_remedy()
    {
        using X509Certificate2 certificate = _authority.Issue();

        Assert.Contains("tls.ca_certificate_path", await RefusedAsync(certificate, new TlsOptions()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_sites_own_authority_stands_in_place_of_others()
    {
        using var other = new TestAuthority("Another authority");
        using X509Certificate2 certificate = other.Issue();

        Assert.Contains("tls.ca_certificate_path", await RefusedAsync(certificate, Trusting), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_verification_any_certificate_will_do()
    {
        using X509Certificate2 certificate = _authority.Issue("other.example", -30, -1);

        Assert.Equal("HTTP/2", await GetAsync(certificate, new TlsOptions { VerifyCertificates = false }));
    }

    [Fact]
    public async Task A_client_certificate_is_shown_where_one_is_required()
    {
        (string certificatePath, string keyPath) = _authority.IssueFiles("collector-client");
        using X509Certificate2 certificate = _authority.Issue();
        await using LoopbackServer server = await LoopbackServer.StartAsync(
            context => context.Response.WriteAsync(context.Connection.ClientCertificate!.Subject, context.RequestAborted),
            certificate,
            ClientCertificateMode.RequireCertificate);
        using DestinationContext with = TestDestination.Context(
            TestDestination.Options(Trusting with { ClientCertificatePath = certificatePath, ClientKeyPath = keyPath }));
        using DestinationContext without = TestDestination.Context(TestDestination.Options(Trusting));

        Assert.Equal("CN=collector-client", await with.Http.GetStringAsync(server.Address, TestContext.Current.CancellationToken));
        await Assert.ThrowsAsync<HttpRequestException>(() => without.Http.GetStringAsync(server.Address, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Plain_http_needs_none_of_the_files()
    {
        await using LoopbackServer server = await LoopbackServer.AnsweringAsync(204);
        using DestinationContext destination = TestDestination.Context(TestDestination.Options(new TlsOptions
        {
            CaCertificatePath = _authority.PathOf("missing.pem"),
            ClientCertificatePath = _authority.PathOf("missing.pem"),
            ClientKeyPath = _authority.PathOf("missing.key"),
        }));

        using HttpResponseMessage response = await destination.Http.GetAsync(server.Address, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.NoContent, response.StatusCode);
    }

    [Fact]
    public async Task A_file_that_turns_up_later_is_found_at_the_next_request()
    {
        string path = _authority.PathOf("later.pem");
        using X509Certificate2 certificate = _authority.Issue();
        await using LoopbackServer server = await LoopbackServer.AnsweringAsync(204, certificate);
        using DestinationContext destination = TestDestination.Context(TestDestination.Options(new TlsOptions { CaCertificatePath = path }));

        SettingsException exception = await Assert.ThrowsAsync<SettingsException>(
            () => destination.Http.GetAsync(server.Address, TestContext.Current.CancellationToken));
        File.Copy(_authority.RootPath, path);
        using HttpResponseMessage response = await destination.Http.GetAsync(server.Address, TestContext.Current.CancellationToken);

        Assert.Equal("tls.ca_certificate_path", exception.Setting);
        Assert.Contains(path, exception.Message, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NoContent, response.StatusCode);
    }

    [Fact]
    public void A_file_of_authorities_without_a_root_is_an_error()
    {
        (string leaf, _) = _authority.IssueFiles("localhost");

        Assert.Equal("tls.ca_certificate_path", Refused(new TlsOptions { CaCertificatePath = leaf }).Setting);
    }

    [Fact]
    public void A_client_certificate_without_its_key_is_an_error() =>
        Assert.Equal("tls.client_key_path", Refused(new TlsOptions { ClientCertificatePath = _authority.RootPath }).Setting);

    [Fact]
    public void A_key_that_is_no_key_is_an_error_that_does_not_quote_it()
    {
        (string certificate, _) = _authority.IssueFiles("localhost");
        string key = _authority.PathOf("broken.key");
        File.WriteAllText(key, "-----BEGIN PRIVATE KEY-----\ncanary\n-----END PRIVATE KEY-----\n");

        SettingsException exception = Refused(new TlsOptions { ClientCertificatePath = certificate, ClientKeyPath = key });

        Assert.Equal("tls.client_key_path", exception.Setting);
        Assert.DoesNotContain("canary", exception.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(SslProtocols.Tls12, SslProtocols.Tls12 | SslProtocols.Tls13)]
    [InlineData(SslProtocols.Tls13, SslProtocols.Tls13)]
    public void The_lowest_version_leaves_the_higher_ones_open(SslProtocols minimum, SslProtocols enabled)
    {
        SslClientAuthenticationOptions options = new ClientTls(new TlsOptions { MinimumVersion = minimum }).CreateOptions("host");

        Assert.Equal(enabled, options.EnabledSslProtocols);
        Assert.Equal("host", options.TargetHost);
    }

    public void Dispose() => _authority.Dispose();

    private static SettingsException Refused(TlsOptions options) =>
        Assert.Throws<SettingsException>(() => new ClientTls(options).CreateOptions("host"));

    private static async Task<string> GetAsync(X509Certificate2 certificate, TlsOptions options, bool byName = true)
    {
        await using LoopbackServer server = await LoopbackServer.StartAsync(
            context => context.Response.WriteAsync(context.Request.Protocol, context.RequestAborted), certificate);
        using DestinationContext destination = TestDestination.Context(TestDestination.Options(options));
        using var request = new HttpRequestMessage(HttpMethod.Get, byName ? server.NamedAddress : server.Address);
        using HttpResponseMessage response = await destination.Http.SendAsync(request, TestContext.Current.CancellationToken);
        return await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
    }

    private static async Task<string> RefusedAsync(X509Certificate2 certificate, TlsOptions options)
    {
        HttpRequestException exception = await Assert.ThrowsAsync<HttpRequestException>(() => GetAsync(certificate, options));
        Assert.StartsWith("localhost:", exception.Message, StringComparison.Ordinal);
        return exception.Message;
    }
}
