using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace AuditHost.EndToEnd;

/// <summary>A host that stays up, killed at the latest when the test ends.</summary>
internal sealed partial class RunningHost : IAsyncDisposable
{
    private static readonly TimeSpan RetryDelay = TimeSpan.FromMilliseconds(25);

    private readonly Process _process;
    private readonly ConcurrentQueue<string> _log = new();

    private RunningHost(Process process, int port)
    {
        _process = process;
        Http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}"), Timeout = AuditHostCommand.Patience };
        process.OutputDataReceived += (_, line) => Keep(line.Data);
        process.ErrorDataReceived += (_, line) => Keep(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public HttpClient Http { get; }

    public int Id => _process.Id;

    public string Log => string.Join('\n', _log);

    public bool HasEnded => _process.HasExited;

    /// <summary>Once it has ended.</summary>
    public int ExitCode => _process.ExitCode;

    /// <summary>Starts a host and waits until it takes events.</summary>
    public static async Task<RunningHost> StartAsync(SiteFolder site, string file = "site.yaml", IReadOnlyDictionary<string, string>? environment = null)
    {
        RunningHost host = Launch(site, file, environment);
        try
        {
            await host.UntilAsync(async () => (await host.Http.GetAsync("/health/ready")).IsSuccessStatusCode, "ready");
            return host;
        }
        catch
        {
            await host.DisposeAsync();
            throw;
        }
    }

    /// <summary>Starts a host and waits for nothing.</summary>
    /// <param name="site">Its site.</param>
    /// <param name="file">The site file.</param>
    /// <param name="environment">Variables besides the test's own.</param>
    /// <param name="launcher">A program, with its arguments, that turns into the host.</param>
    public static RunningHost Launch(
        SiteFolder site, string file = "site.yaml", IReadOnlyDictionary<string, string>? environment = null, params string[] launcher) =>
        new(AuditHostCommand.Start(site.Path, launcher, environment ?? new Dictionary<string, string>(), "run", "--config", file), site.Port);

    /// <summary>Waits until it takes events or has ended, whichever comes first.</summary>
    public async Task<bool> IsReadyAsync() => !await EndedBeforeAsync(
        async () =>
        {
            using HttpResponseMessage answer = await Http.GetAsync("/health/live", TestContext.Current.CancellationToken);
            return true;
        },
        "ready");

    /// <summary>Asks again until the answer is yes; there is no signal to await across processes.</summary>
    public async Task UntilAsync(Func<Task<bool>> condition, string what) =>
        Assert.False(await EndedBeforeAsync(condition, what), $"The host ended before it was {what}.\n{Log}");

    public Task UntilAsync(Func<bool> condition, string what) => UntilAsync(() => Task.FromResult(condition()), what);

    public async Task<HttpResponseMessage> PostAsync(string body, string contentType)
    {
        using var content = new StringContent(body, Encoding.UTF8, contentType);
        return await Http.PostAsync("/v1/events", content, TestContext.Current.CancellationToken);
    }

    /// <summary>Posts NDJSON and insists that it was accepted.</summary>
    public async Task AcceptAsync(params IEnumerable<string> events)
    {
        using HttpResponseMessage response = await PostAsync(string.Join('\n', events), "application/x-ndjson");
        Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    /// <summary>How many events wait for all destinations together, each counted once for each of them.</summary>
    public async Task<long> BufferedAsync() => Samples(await Http.GetStringAsync("/metrics", TestContext.Current.CancellationToken))
        .Where(match => match.Groups["name"].Value == "audithost_events_buffered")
        .Sum(ValueOf);

    /// <summary>A figure of <c>/metrics</c> about one destination.</summary>
    public async Task<long> MetricAsync(string name, string destination) => (await MetricsAsync(destination))[name];

    /// <summary>What one scrape says of a destination, by name.</summary>
    public async Task<IReadOnlyDictionary<string, long>> MetricsAsync(string destination)
    {
        string text = await Http.GetStringAsync("/metrics", TestContext.Current.CancellationToken);
        return Samples(text)
            .Where(match => match.Groups["labels"].Value.Contains($"destination=\"{destination}\"", StringComparison.Ordinal))
            .DistinctBy(match => match.Groups["name"].Value)
            .ToDictionary(match => match.Groups["name"].Value, ValueOf);
    }

    /// <summary>The most memory it has had at a time, as the kernel counts it.</summary>
    public long PeakMemoryKilobytes() =>
        long.Parse(PeakMemory().Match(File.ReadAllText($"/proc/{Id}/status")).Groups["size"].Value, CultureInfo.InvariantCulture);

    /// <summary>SIGTERM, as a service manager sends it.</summary>
    public async Task<int> StopAsync()
    {
        await TerminateAsync();
        return await EndAsync();
    }

    /// <summary>Sends SIGTERM and waits for nothing.</summary>
    public async Task TerminateAsync()
    {
        using Process kill = Process.Start("kill", ["-TERM", Id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>Waits until it has ended.</summary>
    /// <returns>Its exit code.</returns>
    public async Task<int> EndAsync()
    {
        await _process.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(AuditHostCommand.Patience);
        return _process.ExitCode;
    }

    /// <summary>Waits for the process to end by itself, or for a condition.</summary>
    /// <returns>Whether it ended.</returns>
    public async Task<bool> EndedBeforeAsync(Func<Task<bool>> condition, string what)
    {
        bool ended = false;
        await AskUntilAsync(async () => (ended = _process.HasExited) || await condition(), what);
        return ended;
    }

    /// <summary>Asks again until the answer is yes, whether or not the host still runs.</summary>
    public async Task AskUntilAsync(Func<Task<bool>> condition, string what)
    {
        var watch = Stopwatch.StartNew();
        while (watch.Elapsed < AuditHostCommand.Patience)
        {
            try
            {
                if (await condition())
                    return;
            }
            catch (HttpRequestException)
            {
                // Not up yet, or no more.
            }

            await Task.Delay(RetryDelay, TestContext.Current.CancellationToken);
        }

        throw new TimeoutException($"Not {what} within {AuditHostCommand.Patience.TotalSeconds:0} s.\n{Log}");
    }

    /// <summary>SIGKILL: nothing of it runs any more.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync(CancellationToken.None);
    }

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        _process.Dispose();
        Http.Dispose();
    }

    private static MatchCollection Samples(string metrics) => Sample().Matches(metrics);

    private static long ValueOf(Match sample) => (long)double.Parse(sample.Groups["value"].Value, CultureInfo.InvariantCulture);

    private void Keep(string? line)
    {
        if (line is not null)
            _log.Enqueue(line);
    }

    [GeneratedRegex(@"^(?<name>\w+)\{(?<labels>[^}]*)\} (?<value>\S+)", RegexOptions.Multiline)]
    private static partial Regex Sample();

    [GeneratedRegex(@"VmHWM:\s+(?<size>\d+)")]
    private static partial Regex PeakMemory();
}
