using System.Net;
using System.Text;

namespace AuditHost.EndToEnd;

/// <summary>
/// Canaries in every place of a site file that holds a secret, at destinations that say back what they were sent: nothing the host
/// shows, writes or answers has one of them in it.
/// </summary>
[Promise("G19")]
public sealed class SecretTests : IDisposable
{
    private const string Bearer = "canary-bearer-5d1f0c7a9b";
    private const string Password = "canary-password-e83b2241";
    private const string ApiKey = "canary-apikey-77c0aa19d4";

    private readonly SiteFolder _site = new();
    private readonly HttpListener _echo = new();
    private readonly int _port = SiteFolder.FreePort();

    [Fact]
    public async Task No_secret_shows_whatever_destinations_answer()
    {
        _echo.Prefixes.Add($"http://127.0.0.1:{_port}/");
        _echo.Start();
        Task echoing = EchoAsync();
        WriteSite();
        var shown = new List<string>();
        await using (RunningHost host = await RunningHost.StartAsync(_site))
        {
            await host.AcceptAsync(TestEvents.Range(1, 5));
            await host.UntilAsync(async () => await host.MetricAsync("audithost_events_dead_lettered", "bearer") == 5, "refused");
            await host.UntilAsync(async () => await host.MetricAsync("audithost_events_buffered", "paused") == 5, "paused");
            await host.UntilAsync(() => host.Log.Contains("gone", StringComparison.Ordinal), "away");
            foreach (string path in (string[])["/metrics", "/health/ready", "/health/live"])
                shown.Add(await (await host.Http.GetAsync(path, TestContext.Current.CancellationToken)).Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
            foreach (string[] command in (string[][])[["status", "--json"], ["status"], ["dead-letters", "list", "--json"], ["dead-letters", "show", "1"], ["test"], ["validate"], ["explain", "event.json"], ["schema"]])
                await RunAsync(command, shown);
            Assert.Equal(0, await host.StopAsync());
            shown.Add(host.Log);
        }

        foreach (string file in Directory.EnumerateFiles(_site.File("data"), "*", SearchOption.AllDirectories))
            shown.Add(Encoding.Latin1.GetString(await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken)));
        _echo.Stop();
        await echoing;

        string all = string.Join('\n', shown);
        Assert.Contains("refused as ", all, StringComparison.Ordinal);
        Assert.Contains("Authorization=", all, StringComparison.Ordinal);
        foreach (string canary in (string[])[Bearer, Password, ApiKey, Convert.ToBase64String(Encoding.UTF8.GetBytes($"audit:{Password}"))])
            Assert.DoesNotContain(canary, all, StringComparison.Ordinal);
    }

    public void Dispose()
    {
        _echo.Close();
        _site.Dispose();
    }

    private void WriteSite()
    {
        _site.Write("bearer.token", Bearer);
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(_site.File("bearer.token"), UnixFileMode.UserRead | UnixFileMode.UserWrite);
        _site.Write("event.json", TestEvents.Json(1));
        _site.WriteSite($$"""
              webhooks:
                bearer: { endpoint: "http://127.0.0.1:{{_port}}/400", authentication: { type: bearer_token, token: "${file:./bearer.token}" } }
                paused: { endpoint: "http://127.0.0.1:{{_port}}/401", authentication: { type: basic, username: audit, password: {{Password}} } }
                gone: { endpoint: "http://127.0.0.1:{{SiteFolder.FreePort()}}/{{ApiKey}}", authentication: { type: api_key, header: X-Key, value: {{ApiKey}} } }
            """);
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(_site.File("site.yaml"), UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    private async Task RunAsync(string[] command, List<string> shown)
    {
        CommandResult result = await _site.RunAsync([.. command, "--config", "site.yaml"]);
        shown.Add(result.Output);
        shown.Add(result.Error);
    }

    /// <summary>Answers with the status that the path names and with all the headers it got.</summary>
    private async Task EchoAsync()
    {
        try
        {
            while (_echo.IsListening)
            {
                HttpListenerContext context = await _echo.GetContextAsync();
                context.Response.StatusCode = int.Parse(context.Request.Url!.AbsolutePath[1..4], System.Globalization.CultureInfo.InvariantCulture);
                string said = string.Join(' ', context.Request.Headers.AllKeys.Select(key => $"{key}={context.Request.Headers[key]}"));
                await context.Response.OutputStream.WriteAsync(Encoding.UTF8.GetBytes($"refused as {said}"));
                context.Response.Close();
            }
        }
        catch (Exception exception) when (exception is HttpListenerException or ObjectDisposedException)
        {
            // The test is over.
        }
    }
}
