using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.RegularExpressions;

namespace AuditHost.Plugins.Tests.Alerts;

/// <summary>
/// Prometheus' Alertmanager as a child process on loopback: a sender of alerts that others wrote and that PagerDuty, OpsGenie and Slack take. What it
/// sends shows what they expect.
/// </summary>
internal sealed partial class Alertmanager : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Process _process;
    private readonly HttpClient _http;

    private Alertmanager(Process process, Uri address)
    {
        _process = process;
        _http = new HttpClient { BaseAddress = address };
    }

    /// <summary>Starts it with receivers of its configuration's language.</summary>
    /// <param name="directory">Where it may write.</param>
    /// <param name="receivers">The keys of its one receiver, in YAML.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    public static async Task<Alertmanager> StartAsync(string directory, string receivers, CancellationToken cancellationToken)
    {
        string home = HomeOf();
        if (!File.Exists(Path.Combine(home, "library-path")))
            Assert.Skip("alertmanager is not installed: run tests/install");
        string configuration = Path.Combine(directory, "alertmanager.yml");
        await File.WriteAllTextAsync(
            configuration,
            $$"""
            route: { receiver: both, group_wait: 10ms, group_interval: 100ms, repeat_interval: 1h }
            receivers:
              - name: both
            {{receivers}}
            """,
            cancellationToken);
        var start = new ProcessStartInfo(Path.Combine(home, "usr/bin/prometheus-alertmanager")) { WorkingDirectory = home, RedirectStandardError = true };
        foreach (string argument in new[]
        {
            $"--config.file={configuration}", $"--storage.path={Path.Combine(directory, "data")}", "--web.listen-address=127.0.0.1:0", "--cluster.listen-address=",
        })
            start.ArgumentList.Add(argument);
        Process process = Process.Start(start)!;
        return new Alertmanager(process, await AddressOfAsync(process, cancellationToken));
    }

    /// <summary>Fires an alert, or says that it is over.</summary>
    public async Task SendAsync(string name, bool isOver, CancellationToken cancellationToken)
    {
        object alert = isOver
            ? new { labels = new { alertname = name }, startsAt = "2026-01-01T00:00:00Z", endsAt = "2026-01-02T00:00:00Z" }
            : new { labels = new { alertname = name } };
        using HttpResponseMessage response = await _http.PostAsJsonAsync(new Uri("/api/v2/alerts", UriKind.Relative), new[] { alert }, cancellationToken);
        response.EnsureSuccessStatusCode();
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private static string HomeOf()
    {
        for (string? folder = AppContext.BaseDirectory; folder is not null; folder = Path.GetDirectoryName(folder))
        {
            if (File.Exists(Path.Combine(folder, "AuditHost.sln")))
                return Path.Combine(folder, "artifacts", "test-tools", "alertmanager");
        }

        throw new DirectoryNotFoundException("No folder above the tests holds AuditHost.sln.");
    }

    /// <summary>It says itself where it listens. Its further lines are read too, so that it never waits for that.</summary>
    private static async Task<Uri> AddressOfAsync(Process process, CancellationToken cancellationToken)
    {
        var listening = new TaskCompletionSource<Uri>(TaskCreationOptions.RunContinuationsAsynchronously);
        string last = string.Empty;
        process.ErrorDataReceived += (_, line) =>
        {
            if (line.Data is null)
                listening.TrySetException(new InvalidOperationException($"alertmanager has ended: {last}"));
            else if (Listening().Match(last = line.Data) is { Success: true } match)
                listening.TrySetResult(new Uri($"http://{match.Groups["address"].Value}"));
        };
        process.BeginErrorReadLine();
        return await listening.Task.WaitAsync(Patience, cancellationToken);
    }

    [GeneratedRegex("msg=\"Listening on\" address=(?<address>[0-9.:]+)")]
    private static partial Regex Listening();
}
