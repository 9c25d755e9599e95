using System.Text;
using System.Text.Json;

namespace AuditHost.EndToEnd;

/// <summary>
/// Plugins that misbehave in a process of their own: whatever they do costs their destination a restart, and the host and the other
/// destinations nothing.
/// </summary>
[Promise("G13")]
public sealed class IsolationTests(ITestOutputHelper output) : IDisposable
{
    private const int Events = 12;
    private const int Victim = 7;
    private const string Secret = "zoo-secret-93f1c2";
    private const string OthersSecret = "archive-secret-77aa01";

    private SiteFolder _site = new();

    public static TheoryData<string> WaysThatEndTheProcess { get; } =
    [
        "throw_in_async_void", "throw_in_thread", "exit", "fail_fast", "overflow_stack", "segfault", "leak_native_memory", "leak_threads", "spin", "sleep",
        "close_every_file", "write_garbage_to_every_socket", "fork",
    ];

    public static TheoryData<string> WaysThatFailTheCall { get; } =
    [
        "throw", "starve_the_pool", "allocate", "leak_handles", "name_events_that_are_not_there", "answer_with_megabytes", "flood_stdout", "flood_log", "hang_in_dispose",
    ];

    private Dictionary<string, string> Environment => new() { ["TMPDIR"] = Temporary, ["ZOO_SECRET"] = Secret, ["OTHERS"] = OthersSecret };

    private string Records => _site.File("records");

    private string Temporary => _site.File("tmp");

    public void Dispose() => _site.Dispose();

    [Theory]
    [MemberData(nameof(WaysThatEndTheProcess))]
    public Task Event_that_ends_the_process_is_found_and_everything_else_is_delivered(string way) => RepeatAsync(async () =>
    {
        await using RunningHost host = await StartAsync(way);
        await host.AcceptAsync(TestEvents.Range(1, Events));
        await host.UntilAsync(async () => await host.BufferedAsync() == 0, "drained");

        JsonElement letter = Assert.Single((await LettersAsync()).EnumerateArray());
        Assert.Equal(
            ("zoo", "suspected_poison", TestEvents.Id(Victim)),
            (letter.GetProperty("destination").GetString(), letter.GetProperty("cause").GetString(), letter.GetProperty("event_id").GetString()));
        int[] others = [.. Enumerable.Range(1, Events).Where(number => number != Victim)];
        Assert.Equal(others.Select(TestEvents.Id), Recorded().Distinct().Order(StringComparer.Ordinal));
        long restarts = await host.MetricAsync("audithost_plugin_process_restarts_total", "zoo");
        Assert.InRange(restarts, 3, 12);
        output.WriteLine($"{restarts} restarts; {letter.GetProperty("reason").GetString()}");
        await AssertUnharmedAsync(host, Events);
    });

    [Theory]
    [MemberData(nameof(WaysThatFailTheCall))]
    public Task Call_that_fails_without_end_keeps_its_destination_waiting_and_nobody_else(string way) => RepeatAsync(async () =>
    {
        await using RunningHost host = await StartAsync(way);
        await host.AcceptAsync(TestEvents.Range(1, Events));
        await host.UntilAsync(async () => await host.MetricAsync("audithost_events_delivered_total", "archive") == Events, "archived");
        await host.UntilAsync(async () => await host.MetricAsync("audithost_delivery_failures_total", "zoo") >= 2, "failing");

        Assert.InRange(await host.MetricAsync("audithost_events_buffered", "zoo"), 1, Events);
        await host.AcceptAsync(TestEvents.Range(Events + 1, Events));
        await host.UntilAsync(async () => await host.MetricAsync("audithost_events_delivered_total", "archive") == 2 * Events, "archived");
        await AssertUnharmedAsync(host, 2 * Events);
    });

    [Fact]
    public async Task Process_gets_its_own_destinations_secrets_and_environment_alone()
    {
        await using RunningHost host = await StartAsync("nothing");
        await host.AcceptAsync(TestEvents.Range(1, 1));
        await host.UntilAsync(async () => await host.BufferedAsync() == 0, "drained");

        int process = Assert.Single(ChildProcesses.In(Temporary));
        string environment = File.ReadAllText($"/proc/{process}/environ");
        string commandLine = File.ReadAllText($"/proc/{process}/cmdline");
        Assert.Contains("ZOO_KEEPER=yes", environment, StringComparison.Ordinal);
        Assert.DoesNotContain(OthersSecret, environment + commandLine, StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, environment + commandLine, StringComparison.Ordinal);
        Assert.False(HasInMemory(process, OthersSecret), "The process holds another destination's secret.");
        Assert.True(HasInMemory(process, Secret), "The search would not find what is there.");
        Assert.Matches(@"Max core file size\s+0\s+0\s", File.ReadAllText($"/proc/{process}/limits"));
    }

    [Fact]
    public async Task Host_that_is_killed_takes_its_plugins_processes_along()
    {
        await using RunningHost host = await StartAsync("spin");
        await host.AcceptAsync(TestEvents.Range(1, Victim));
        await host.UntilAsync(() => ChildProcesses.In(Temporary).Count == 1, "running the plugin");
        await host.KillAsync();

        await host.AskUntilAsync(
            () => Task.FromResult(ChildProcesses.In(Temporary).Count == 0 && Directory.GetDirectories(Temporary, "audithost-process-*").Length == 0),
            "without the plugin's process and its folder");
    }

    [Fact]
    public async Task Process_whose_host_is_gone_before_it_connects_leaves_no_folder_behind()
    {
        string folder = Directory.CreateDirectory(_site.File("audithost-process-x")).FullName;

        (await _site.RunAsync("plugin-host", Path.Combine(folder, "socket"))).Expect(1);

        Assert.False(Directory.Exists(folder));
    }

    [Fact]
    public async Task Process_that_stands_still_is_ended_and_another_goes_on()
    {
        await using RunningHost host = await StartAsync("nothing");
        await host.AcceptAsync(TestEvents.Range(1, 1));
        await host.UntilAsync(async () => await host.BufferedAsync() == 0, "drained");

        await ChildProcesses.StopAsync(Assert.Single(ChildProcesses.In(Temporary)));
        await host.AcceptAsync(TestEvents.Range(2, Events - 1));
        await host.UntilAsync(async () => await host.BufferedAsync() == 0, "drained");

        Assert.Equal(1, await host.MetricAsync("audithost_plugin_process_restarts_total", "zoo"));
        Assert.Equal(Enumerable.Range(1, Events).Select(TestEvents.Id), Recorded().Distinct().Order(StringComparer.Ordinal));
        await AssertUnharmedAsync(host, Events);
    }

    [Fact]
    public async Task Site_that_trusts_no_plugin_in_its_own_process_asks_and_runs_them_elsewhere()
    {
        _site.Install("DiesInConstructor");
        _site.Install("Recorder");
        Directory.CreateDirectory(Records);
        Directory.CreateDirectory(Temporary);
        _site.WriteSite(
            $$"""
              log_aggregation:
                archive: { type: file, format: jsonl, path: ./archive.jsonl }
              siem:
                recorder: { directory: "{{Records}}" }
            """,
            host: "  plugins: { directory: ./plugins, isolation: { type: process, memory: 128MiB } }");
        await _site.TrustAsync("DiesInConstructor");
        await _site.TrustAsync("Recorder");

        JsonElement[] plugins = [.. (await _site.RunAsync("plugins", "list", "--json", "--config", "site.yaml")).Expect(0).Json.EnumerateArray()];
        await using RunningHost host = await RunningHost.StartAsync(_site, environment: Environment);
        await host.AcceptAsync(TestEvents.Range(1, Events));
        await host.UntilAsync(async () => await host.BufferedAsync() == 0, "drained");

        JsonElement dead = Find("DiesInConstructor");
        Assert.Equal("broken", dead.GetProperty("status").GetString());
        Assert.Contains("Process terminated. Not even a constructor.", dead.GetProperty("reason").GetString(), StringComparison.Ordinal);
        Assert.True(Find("Recorder").GetProperty("isolated").GetBoolean());
        Assert.Equal(Events, Recorded().Count());
        Assert.Single(ChildProcesses.In(Temporary));
        Assert.Equal(0, await host.StopAsync());
        Assert.Empty(ChildProcesses.In(Temporary));

        JsonElement Find(string name) => plugins.Single(plugin => plugin.GetProperty("name").GetString() == name);
    }

    [Fact]
    public async Task Explain_and_render_show_what_a_process_renders()
    {
        _site.Install("Good");
        Directory.CreateDirectory(Temporary);
        _site.WriteSite(
            """
              log_aggregation:
                loud: { type: file, format: upper, path: ./loud.txt }
            """,
            host: "  plugins: { directory: ./plugins, isolation: process }");
        await _site.TrustAsync("Good");
        _site.Write("event.json", TestEvents.Json(1));

        JsonElement explained = Assert.Single((await RunAsync("explain", "event.json", "--json", "--config", "site.yaml")).Expect(0).Json.EnumerateArray());
        CommandResult rendered = (await RunAsync("render", "--destination", "loud", "event.json", "--config", "site.yaml")).Expect(0);

        string loud = TestEvents.Json(1).ToUpperInvariant();
        Assert.Equal(loud, explained.GetProperty("payload").GetString()!.TrimEnd());
        Assert.Equal(loud, rendered.Output.TrimEnd());
        Assert.Empty(Directory.EnumerateFileSystemEntries(Temporary));
    }

    [Fact]
    public async Task Template_in_a_process_is_reloaded_and_its_mistake_is_shown()
    {
        _site.Install("Recorder");
        Directory.CreateDirectory(Records);
        Directory.CreateDirectory(Temporary);
        _site.Write("templates/acme.sbn", "{{ audit.id }}");
        _site.WriteSite(
            $$"""
              siem:
                recorder: { directory: "{{Records}}", template: { path: acme, content_type: text/plain }, isolation: process }
            """,
            host: "  plugins: { directory: ./plugins }");
        await _site.TrustAsync("Recorder");
        await using RunningHost host = await RunningHost.StartAsync(_site, environment: Environment);
        await host.AcceptAsync(TestEvents.Json(1));
        await host.UntilAsync(async () => await host.BufferedAsync() == 0, "drained");

        _site.Write("templates/acme.sbn", "{{ adit.id }}");
        await host.UntilAsync(async () => await host.MetricAsync("audithost_template_refused", "recorder") == 1, "refusing the template");

        Assert.Matches(
            "recorder: the plugin's own process takes [1-9][0-9]* MiB and was started again 0 times\nrecorder: the template's file is not used .*acme.sbn:1:4: There is no variable or function `adit`",
            (await RunAsync("status", "--config", "site.yaml")).Expect(0).Output);
        Assert.Equal(0, await host.StopAsync());
    }

    [Fact]
    public async Task Settings_are_checked_in_a_process_of_their_own_and_the_mistake_has_its_place()
    {
        _site.Install("Zoo");
        _site.WriteSite(
            """
              siem:
                zoo: { directory: /tmp, victim: v, way: hang_in_dispose, isolation: process, colour: red }
                strict: { type: recorder, directory: /tmp, isolation: { type: process, memory: 1KiB } }
            """,
            host: "  plugins: { directory: ./plugins }");
        await _site.TrustAsync("Zoo");

        CommandResult result = (await _site.RunAsync("validate", "site.yaml")).Expect(78);

        Assert.Contains("siem.zoo.colour", result.Error, StringComparison.Ordinal);
        Assert.Contains("siem.strict.isolation.memory", result.Error, StringComparison.Ordinal);
    }

    /// <summary>Once, and twenty times where there is time, each on a site of its own.</summary>
    private async Task RepeatAsync(Func<Task> test)
    {
        for (int round = 0; round < Programme.Times(1, 20); round++)
        {
            if (round > 0)
            {
                _site.Dispose();
                _site = new SiteFolder();
            }

            await test();
        }
    }

    private async Task<RunningHost> StartAsync(string way)
    {
        _site.Install("Zoo");
        Directory.CreateDirectory(Records);
        Directory.CreateDirectory(Temporary);
        _site.WriteSite(
            $$"""
              log_aggregation:
                archive: { type: file, format: jsonl, path: ./archive.jsonl }
                other: { enabled: true, type: webhook, endpoint: "http://127.0.0.1:9/", event_types: [Never], authentication: { type: bearer_token, token: "${OTHERS}" } }
              siem:
                zoo:
                  directory: "{{Records}}"
                  victim: {{TestEvents.Id(Victim)}}
                  way: {{way}}
                  secret: "${ZOO_SECRET}"
                  batch_size: 4
                  timeout_seconds: 1
                  retry_policy: { initial_delay_ms: 50, max_delay_ms: 200 }
                  circuit_breaker: { enabled: false }
                  isolation: { type: process, memory: 160MiB, threads: 100, open_files: 512, environment: ["ZOO_KEEPER=yes"] }
            """,
            host: "  plugins: { directory: ./plugins }");
        await _site.TrustAsync("Zoo");
        return await RunningHost.StartAsync(_site, environment: Environment);
    }

    private async Task<JsonElement> LettersAsync() => (await RunAsync("dead-letters", "list", "--json", "--config", "site.yaml")).Expect(0).Json;

    private Task<CommandResult> RunAsync(params string[] arguments) => AuditHostCommand.RunAsync(_site.Path, null, Environment, arguments);

    private async Task AssertUnharmedAsync(RunningHost host, int events)
    {
        Assert.Equal(Enumerable.Range(1, events).Select(TestEvents.Id), _site.Arrived("archive.jsonl").Keys.Order(StringComparer.Ordinal));
        Assert.All(_site.Arrived("archive.jsonl").Values, times => Assert.Equal(1, times));
        await Books.AssertBalancedAsync(host, "archive");
        await Books.AssertBalancedAsync(host, "zoo");
        Assert.False(host.HasEnded);
        Assert.DoesNotContain(Secret, host.Log, StringComparison.Ordinal);
        Assert.Equal(0, await host.StopAsync());
        Assert.Empty(ChildProcesses.In(Temporary));
        Assert.Empty(Directory.EnumerateFileSystemEntries(Temporary));
    }

    private IEnumerable<string> Recorded() => Directory.EnumerateFiles(Records, "*.txt").SelectMany(File.ReadLines);

    /// <summary>Looks for a text in everything that a process can read and write, as UTF-8 and as UTF-16.</summary>
    private static bool HasInMemory(int process, string text)
    {
        byte[][] wanted = [Encoding.UTF8.GetBytes(text), Encoding.Unicode.GetBytes(text)];
        using FileStream memory = File.OpenRead($"/proc/{process}/mem");
        foreach (string line in File.ReadLines($"/proc/{process}/maps").Where(line => line.Split(' ')[1].StartsWith("rw", StringComparison.Ordinal)))
        {
            long[] range = [.. line.Split(' ')[0].Split('-').Select(hex => Convert.ToInt64(hex, 16))];
            byte[] bytes = new byte[Math.Min(range[1] - range[0], 256 << 20)];
            try
            {
                memory.Position = range[0];
                int read = memory.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
                if (Array.Exists(wanted, pattern => bytes.AsSpan(0, read).IndexOf(pattern) >= 0))
                    return true;
            }
            catch (IOException)
            {
                // A page that nobody ever touched.
            }
        }

        return false;
    }
}
