using System.Collections.Concurrent;
using System.Net;
using System.Text;

namespace AuditHost.EndToEnd;

/// <summary>A webhook's other end, which answers as the test wants and remembers what it took.</summary>
internal sealed class HttpReceiver : IDisposable
{
    private readonly HttpListener _listener = new();

    public HttpReceiver(int? port = null)
    {
        Port = port ?? SiteFolder.FreePort();
        _listener.Prefixes.Add($"http://127.0.0.1:{Port}/");
        _listener.Start();
        _ = AcceptAsync();
    }

    public int Port { get; }

    public string Endpoint => $"http://127.0.0.1:{Port}/in";

    /// <summary>What it answers to a body.</summary>
    public Func<string, Task<int>> Answer { get; set; } = _ => Task.FromResult(200);

    /// <summary>So many bytes more in the header and in the body of each answer.</summary>
    public int Padding { get; set; }

    public Arrivals Arrivals { get; } = new();

    /// <summary>How often each event came with a body that was taken.</summary>
    public ConcurrentDictionary<string, int> Taken => Arrivals.Counts;

    public void Dispose() => _listener.Close();

    private async Task AcceptAsync()
    {
        while (_listener.IsListening)
        {
            try
            {
                _ = ServeAsync(await _listener.GetContextAsync());
            }
            catch (Exception exception) when (exception is HttpListenerException or ObjectDisposedException)
            {
                return;
            }
        }
    }

    private async Task ServeAsync(HttpListenerContext context)
    {
        try
        {
            using var reader = new StreamReader(context.Request.InputStream);
            string body = await reader.ReadToEndAsync();
            int status = await Answer(body);
            if (status is >= 200 and < 300)
                Arrivals.Add(TestEvents.IdsIn(body));
            string padding = new('x', Padding);
            context.Response.StatusCode = status;
            context.Response.Headers["X-Padding"] = padding;
            context.Response.ContentLength64 = Padding;
            await context.Response.OutputStream.WriteAsync(Encoding.ASCII.GetBytes(padding));
            context.Response.Close();
        }
        catch (Exception exception) when (exception is HttpListenerException or IOException or ObjectDisposedException)
        {
            // The host was killed while it sent, or the test is over.
        }
    }
}
