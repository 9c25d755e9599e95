using System.Net;
using System.Text;
using AuditHost.Configuration.Options;
using AuditHost.Intake;
using AuditHost.Intake.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace AuditHost.Tests.Intake.Http;

/// <summary>The intake on a real Kestrel, before a sink that a test can look into.</summary>
internal sealed class IntakeServer : IAsyncDisposable
{
    private readonly WebApplication _application;

    private IntakeServer(WebApplication application, ScriptedSink sink, IEventSource source)
    {
        _application = application;
        Sink = sink;
        Source = source;
        Client = new HttpClient { BaseAddress = new Uri(application.Urls.Single()) };
    }

    public ScriptedSink Sink { get; }

    public IEventSource Source { get; }

    public HttpClient Client { get; }

    public static async Task<IntakeServer> StartAsync(HttpListenerOptions? options = null)
    {
        options ??= new HttpListenerOptions();
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.AddRoutingCore();
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            ListenerLimits.Apply(kestrel, options);
            kestrel.Listen(IPAddress.Loopback, 0);
        });
        WebApplication application = builder.Build();
        var sink = new ScriptedSink();
        IEventSource source = EventIntake.Map(application, sink, options);
        await application.StartAsync(TestContext.Current.CancellationToken);
        return new IntakeServer(application, sink, source);
    }

    public Task<HttpResponseMessage> PostAsync(string body, string contentType = "application/json") =>
        PostAsync(Encoding.UTF8.GetBytes(body), contentType);

    public async Task<HttpResponseMessage> PostAsync(byte[] body, string contentType, string? encoding = null)
    {
        using var content = new ByteArrayContent(body);
        content.Headers.TryAddWithoutValidation("Content-Type", contentType);
        if (encoding is not null)
            content.Headers.ContentEncoding.Add(encoding);
        return await Client.PostAsync(new Uri("/v1/events", UriKind.Relative), content, TestContext.Current.CancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _application.DisposeAsync();
    }
}
