using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using AuditHost.Configuration.Options;
using AuditHost.Intake;
using AuditHost.Intake.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace AuditHost.Tests.Intake.Http;

/// <summary>The intake behind a real Kestrel on loopback and on a Unix socket, set up as the host does it.</summary>
internal sealed class IntakeServer : IAsyncDisposable
{
    private readonly WebApplication _application;
    private readonly string _socket;

    private IntakeServer(WebApplication application, RecordingSink sink, IEventSource source, string socket)
    {
        (_application, Sink, Source, _socket) = (application, sink, source, socket);
        Client = new HttpClient { BaseAddress = new Uri(application.Urls.First(url => !url.Contains("unix:", StringComparison.Ordinal))) };
    }

    public RecordingSink Sink { get; }

    public IEventSource Source { get; }

    public HttpClient Client { get; }

    public static async Task<IntakeServer> StartAsync(
        HttpListenerOptions? options = null,
        IDeliveryFollower? deliveries = null,
        RateLimitOptions? rate = null,
        Func<IEndpointRouteBuilder, HttpSourceContext, IEventSource>? map = null)
    {
        map ??= (routes, context) => EventIntake.Map(routes, context, deliveries ?? new NoDeliveries(), rate);
        options = (options ?? new HttpListenerOptions()) with { Listen = new IPEndPoint(IPAddress.Loopback, 0) };
        string socket = Path.Combine(Path.GetTempPath(), $"ah-{Guid.NewGuid():N}.sock");
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.AddRoutingCore();
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            ListenerLimits.Apply(kestrel, options);
            var peers = new PeerConnections(options.MaxConnectionsPerPeer, "max_connections_per_peer", TimeProvider.System, NullLogger.Instance);
            kestrel.Listen(options.Listen, listen => listen.Use(next => PeerLimit.Guard(peers, next)));
            kestrel.ListenUnixSocket(socket);
        });
        WebApplication application = builder.Build();
        var sink = new RecordingSink();
        IEventSource source = map(application, new HttpSourceContext(sink, options, TimeProvider.System));
        await application.StartAsync(TestContext.Current.CancellationToken);
        return new IntakeServer(application, sink, source, socket);
    }

    public Task<HttpResponseMessage> PostAsync(string body, string type = "application/json", string? token = null) =>
        PostAsync(new ByteArrayContent(Encoding.UTF8.GetBytes(body)), type, token: token);

    public async Task<HttpResponseMessage> PostAsync(HttpContent content, string? type, string? encoding = null, string? token = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/events") { Content = content };
        if (type is not null)
            content.Headers.TryAddWithoutValidation("Content-Type", type);
        if (encoding is not null)
            content.Headers.TryAddWithoutValidation("Content-Encoding", encoding);
        if (token is not null)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return await Client.SendAsync(request, TestContext.Current.CancellationToken);
    }

    /// <summary>A client that comes over the Unix socket.</summary>
    public HttpClient OverSocket() => new(new SocketsHttpHandler
    {
        ConnectCallback = async (_, stop) =>
        {
            var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(_socket), stop);
            return new NetworkStream(socket, ownsSocket: true);
        },
    })
    { BaseAddress = new Uri("http://audithost") };

    public static async Task<string> TextAsync(HttpResponseMessage response) =>
        await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);

    /// <summary>The problem that a refusal carries, checked against its status.</summary>
    public static async Task<JsonElement> ProblemAsync(HttpResponseMessage response, HttpStatusCode status)
    {
        string text = await TextAsync(response);
        Assert.True(response.StatusCode == status, $"{(int)response.StatusCode}: {text}");
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        using JsonDocument problem = JsonDocument.Parse(text);
        Assert.Equal((int)status, problem.RootElement.GetProperty("status").GetInt32());
        return problem.RootElement.Clone();
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _application.DisposeAsync();
        File.Delete(_socket);
    }
}
