using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;

namespace AuditHost.Fakes;

/// <summary>
/// A vendor's HTTP interface on a port of the loopback address. Derived classes enforce what the vendor publishes: limits, order,
/// authentication, the shape of each event; what breaks a rule gets the vendor's own error and is noted. Failures can be put in.
/// </summary>
public abstract class FakeHttpServer : IAsyncDisposable
{
    private readonly WebApplication _application;
    private readonly ConcurrentQueue<Func<FakeRequest, FakeAnswer?>> _faults = [];
    private readonly ConcurrentQueue<FakeRequest> _requests = [];
    private readonly ConcurrentQueue<string> _violations = [];
    private long _requestCount;
    private long _byteCount;

    /// <param name="port">Where to listen; 0 for any free port.</param>
    /// <param name="certificate">Serves HTTPS with it.</param>
    protected FakeHttpServer(int port = 0, System.Security.Cryptography.X509Certificates.X509Certificate2? certificate = null)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel =>
        {
            kestrel.Limits.MaxRequestBodySize = null;
            kestrel.Listen(IPAddress.Loopback, port, listen =>
            {
                if (certificate is not null)
                    listen.UseHttps(certificate);
            });
        });
        _application = builder.Build();
        _application.Run(ServeAsync);
    }

    /// <summary>Where it listens, once it is started.</summary>
    public Uri Address => new(_application.Urls.Single());

    /// <summary>Whether requests are kept; off for load, where only counts are wanted. A body is then valid only until it is answered.</summary>
    public bool Keeps { get; set; } = true;

    /// <summary>What came, in order, while <see cref="Keeps"/> is set.</summary>
    public IReadOnlyList<FakeRequest> Requests => [.. _requests];

    public long RequestCount => Volatile.Read(ref _requestCount);

    /// <summary>The bytes of all bodies, as they came over the wire.</summary>
    public long ByteCount => Volatile.Read(ref _byteCount);

    /// <summary>The vendor's rules that were broken. A test of a connector ends with an empty list here, unless it is about the refusal.</summary>
    public IReadOnlyList<string> Violations => [.. _violations];

    public Task StartAsync(CancellationToken cancellationToken) => _application.StartAsync(cancellationToken);

    /// <summary>Answers the next request with this instead of looking at it.</summary>
    public void FailNext(FakeAnswer answer, int times = 1)
    {
        for (int i = 0; i < times; i++)
            _faults.Enqueue(_ => answer);
    }

    /// <summary>Looks at the next request first; what it returns is the answer, and nothing lets the request through.</summary>
    public void InterceptNext(Func<FakeRequest, FakeAnswer?> fault) => _faults.Enqueue(fault);

    public virtual ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return _application.DisposeAsync();
    }

    /// <summary>Takes a request as the vendor would.</summary>
    protected abstract FakeAnswer Answer(FakeRequest request);

    /// <summary>Notes a broken rule and gives the vendor's answer to it.</summary>
    protected FakeAnswer Refuse(string rule, FakeAnswer answer)
    {
        _violations.Enqueue(rule);
        return answer;
    }

    /// <summary>Notes a broken rule that the vendor passes over.</summary>
    protected void Note(string rule) => _violations.Enqueue(rule);

    private async Task ServeAsync(HttpContext context)
    {
        using var body = new RequestBody(pooled: !Keeps);
        await body.ReadAsync(context.Request, context.RequestAborted);
        FakeAnswer answer = Take(context.Request, body);
        context.Response.StatusCode = answer.Status;
        foreach ((string name, string value) in answer.Headers)
            context.Response.Headers.Append(name, value);
        if (answer.Body.IsEmpty)
            return;
        context.Response.ContentType = answer.ContentType;
        context.Response.ContentLength = answer.Body.Length;
        await context.Response.Body.WriteAsync(answer.Body, context.RequestAborted);
    }

    private FakeAnswer Take(HttpRequest received, RequestBody body)
    {
        var request = new FakeRequest(
            received.Method, received.Path.ToUriComponent(), received.Query, new HeaderDictionary(received.Headers.ToDictionary(StringComparer.OrdinalIgnoreCase)), body.Raw, body.Plain)
        {
            Target = received.HttpContext.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget,
        };
        Interlocked.Increment(ref _requestCount);
        Interlocked.Add(ref _byteCount, body.Raw.Length);
        if (Keeps)
            _requests.Enqueue(request);
        return (_faults.TryDequeue(out Func<FakeRequest, FakeAnswer?>? fault) ? fault(request) : null) ?? Answer(request);
    }
}
