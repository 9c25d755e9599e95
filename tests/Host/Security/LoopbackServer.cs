using System.Net;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.Logging;

namespace AuditHost.Tests.Security;

/// <summary>A real web server on a free port of the loopback address.</summary>
internal sealed class LoopbackServer : IAsyncDisposable
{
    private readonly WebApplication _application;

    private LoopbackServer(WebApplication application) => _application = application;

    public Uri Address => new(_application.Urls.Single());

    /// <summary>The same server by name, for certificates that have one.</summary>
    public Uri NamedAddress => new UriBuilder(Address) { Host = "localhost" }.Uri;

    public static async Task<LoopbackServer> StartAsync(
        RequestDelegate handle, X509Certificate2? certificate = null, ClientCertificateMode clientCertificate = ClientCertificateMode.NoCertificate)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen =>
        {
            if (certificate is not null)
            {
                listen.UseHttps(https =>
                {
                    https.ServerCertificate = certificate;
                    https.ClientCertificateMode = clientCertificate;
                    https.AllowAnyClientCertificate();
                });
            }
        }));
        builder.WebHost.UseKestrelHttpsConfiguration();
        WebApplication application = builder.Build();
        application.Run(handle);
        await application.StartAsync(TestContext.Current.CancellationToken);
        return new LoopbackServer(application);
    }

    public static Task<LoopbackServer> AnsweringAsync(int status, X509Certificate2? certificate = null) => StartAsync(
        context =>
        {
            context.Response.StatusCode = status;
            return Task.CompletedTask;
        },
        certificate);

    public ValueTask DisposeAsync() => _application.DisposeAsync();
}
