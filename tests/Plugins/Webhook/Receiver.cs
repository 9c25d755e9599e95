using System.Collections.Concurrent;
using System.IO.Compression;
using System.Net;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace AuditHost.Tests.Webhook;

/// <summary>A real web server on a free port of the loopback address that keeps what it gets.</summary>
internal sealed class Receiver : IAsyncDisposable
{
    private readonly WebApplication _application;

    private Receiver(WebApplication application) => _application = application;

    public Uri Address => new(_application.Urls.Single());

    public ConcurrentQueue<ReceivedRequest> Requests { get; } = [];

    /// <param name="answer">Writes the answer to the request of this number, counting from 0.</param>
    public static async Task<Receiver> StartAsync(Func<HttpContext, int, Task> answer)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        WebApplication application = builder.Build();
        var receiver = new Receiver(application);
        int number = -1;
        application.Run(async context =>
        {
            receiver.Requests.Enqueue(await ReadAsync(context.Request));
            await answer(context, Interlocked.Increment(ref number));
        });
        await application.StartAsync(TestContext.Current.CancellationToken);
        return receiver;
    }

    public static Task<Receiver> AnsweringAsync(params int[] statuses) => StartAsync((context, number) =>
    {
        context.Response.StatusCode = statuses[Math.Min(number, statuses.Length - 1)];
        return Task.CompletedTask;
    });

    public ValueTask DisposeAsync() => _application.DisposeAsync();

    private static async Task<ReceivedRequest> ReadAsync(HttpRequest request)
    {
        var raw = new MemoryStream();
        await request.Body.CopyToAsync(raw, request.HttpContext.RequestAborted);
        raw.Position = 0;
        Stream plain = request.Headers.ContentEncoding == "gzip" ? new GZipStream(raw, CompressionMode.Decompress) : raw;
        using var reader = new StreamReader(plain, Encoding.UTF8);
        return new ReceivedRequest(
            request.Method,
            request.Path + request.QueryString,
            request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase),
            await reader.ReadToEndAsync(request.HttpContext.RequestAborted));
    }
}
