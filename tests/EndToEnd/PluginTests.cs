using System.Text.Json;

namespace AuditHost.EndToEnd;

/// <summary>The life of a third party's plugin: dropped in, trusted, served, exchanged while the host runs, checked and distrusted.</summary>
public sealed class PluginTests : IDisposable
{
    private readonly SiteFolder _site = new();

    public PluginTests()
    {
        Directory.CreateDirectory(Records);
        WriteSite();
    }

    private string Records => _site.File("records");

    public void Dispose() => _site.Dispose();

    [Fact]
    public async Task New_version_takes_over_under_load_and_nothing_is_lost_or_repeated()
    {
        _site.Install("Recorder");
        await _site.TrustAsync("Recorder");
        await using RunningHost host = await RunningHost.StartAsync(_site);
        using var enough = new CancellationTokenSource();
        Task<int> sending = SendUntilAsync(host, enough.Token);
        await host.UntilAsync(() => Recorded('1') > 500, "recording with the former version");

        _site.Install("Recorder", next: true);
        CommandResult refused = (await ReloadAsync("Recorder")).Expect(1);
        Assert.Contains("Recorder.dll is changed", refused.Output, StringComparison.Ordinal);
        int before = Recorded('1');
        await host.UntilAsync(() => Recorded('1') > before, "going on with the former version");
        await _site.TrustAsync("Recorder");
        CommandResult reloaded = (await ReloadAsync("Recorder")).Expect(0);
        await host.UntilAsync(() => Recorded('2') > 500, "recording with the new version");
        enough.Cancel();
        int sent = await sending;
        await host.UntilAsync(async () => await host.BufferedAsync() == 0, "drained");

        Assert.Equal("Recorder: 1.0.0 -> 2.0.0; serves recorder.", reloaded.Output.TrimEnd());
        Assert.Equal(Enumerable.Range(1, sent).Select(TestEvents.Id), Lines().Select(line => line[2..]).Order(StringComparer.Ordinal));
        await Books.AssertBalancedAsync(host, "recorder");
        JsonElement plugin = Assert.Single((await ListAsync()).EnumerateArray(), entry => !entry.GetProperty("built_in").GetBoolean());
        Assert.Equal(
            ("2.0.0", "loaded", "lock file", 0),
            (plugin.GetProperty("version").GetString(), plugin.GetProperty("status").GetString(), plugin.GetProperty("trusted_by").GetString(), plugin.GetProperty("left_in_memory").GetInt32()));
        Assert.Equal("Recorder 2.0.0: as it is loaded; nothing to do.", (await ReloadAsync()).Expect(0).Output.TrimEnd());
        Assert.Equal(0, await host.StopAsync());
    }

    [Fact]
    public async Task New_version_takes_over_from_one_that_fails_to_close()
    {
        WriteSite(", stubborn: true");
        _site.Install("Recorder");
        await _site.TrustAsync("Recorder");
        await using RunningHost host = await RunningHost.StartAsync(_site);
        await host.AcceptAsync(TestEvents.Range(1, 5));
        await host.UntilAsync(async () => await host.BufferedAsync() == 0, "drained");

        _site.Install("Recorder", next: true);
        await _site.TrustAsync("Recorder");
        CommandResult reloaded = (await ReloadAsync("Recorder")).Expect(0);
        await host.AcceptAsync(TestEvents.Range(6, 5));
        await host.UntilAsync(async () => await host.BufferedAsync() == 0, "drained");

        Assert.Contains("Recorder: 1.0.0 -> 2.0.0; serves recorder.", reloaded.Output, StringComparison.Ordinal);
        Assert.Equal((5, 5), (Recorded('1'), Recorded('2')));
        Assert.Contains("did not close in order. Not closing.", host.Log, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Plugin_that_was_dropped_in_is_named_wherever_it_is_missed_until_one_command_trusts_it()
    {
        _site.Install("Recorder");
        CommandResult invalid = (await _site.RunAsync("validate", "site.yaml")).Expect(78);
        Assert.Contains("not serving: Recorder (untrusted), see audithost plugins list", invalid.Error, StringComparison.Ordinal);
        CommandResult unverified = (await _site.RunAsync("plugins", "verify", "Recorder", "--config", "site.yaml")).Expect(1);
        Assert.Contains("does not list Recorder", unverified.Output, StringComparison.Ordinal);

        CommandResult trusted = await _site.TrustAsync("Recorder");

        Assert.Contains($"Recorder 1.0.0 is trusted: 6 files, listed in {_site.File("plugins.lock")}.", trusted.Output, StringComparison.Ordinal);
        (await _site.RunAsync("validate", "site.yaml")).Expect(0);
        Assert.Contains("as trusted", (await _site.RunAsync("plugins", "verify", "Recorder", "--config", "site.yaml")).Expect(0).Output, StringComparison.Ordinal);
        (await _site.RunAsync("plugins", "verify", "--config", "site.yaml")).Expect(0);

        Assert.Contains("trusted no more", (await _site.RunAsync("plugins", "distrust", "Recorder", "--config", "site.yaml")).Expect(0).Output, StringComparison.Ordinal);
        (await _site.RunAsync("validate", "site.yaml")).Expect(78);
    }

    [Fact]
    public async Task Verify_names_what_was_altered_and_what_is_gone()
    {
        _site.Install("Recorder");
        _site.Install("Deadly");
        await _site.TrustAsync("Recorder");
        await _site.TrustAsync("Deadly");
        File.AppendAllText(_site.File("plugins/Recorder/Recorder.dll"), "!");
        Directory.Delete(_site.File("plugins/Deadly"), recursive: true);

        CommandResult verified = (await _site.RunAsync("plugins", "verify", "--json", "--config", "site.yaml")).Expect(1);

        Dictionary<string, string?> problems = verified.Json.EnumerateArray().ToDictionary(
            entry => entry.GetProperty("name").GetString()!, entry => entry.TryGetProperty("problem", out JsonElement problem) ? problem.GetString() : null);
        Assert.Contains("Recorder.dll is changed", problems["Recorder"], StringComparison.Ordinal);
        Assert.Contains("Its folder is gone", problems["Deadly"], StringComparison.Ordinal);
        Assert.Null(problems["AuditHost.Connectors.File"]);
    }

    [Fact]
    public async Task Mistakes_of_an_operator_get_an_answer_that_helps()
    {
        _site.Install("Recorder");
        Assert.Contains("did you mean Recorder?", (await _site.RunAsync("plugins", "trust", "Recoder", "--config", "site.yaml")).Expect(1).Error, StringComparison.Ordinal);
        Assert.Contains("no host runs on", (await ReloadAsync()).Expect(1).Error, StringComparison.Ordinal);
        Assert.Contains("does not list Recorder", (await _site.RunAsync("plugins", "distrust", "Recorder", "--config", "site.yaml")).Expect(1).Error, StringComparison.Ordinal);
        Assert.Contains("there is no plugin folder Nobody", (await _site.RunAsync("plugins", "verify", "Nobody", "--config", "site.yaml")).Expect(1).Error, StringComparison.Ordinal);
        await _site.TrustAsync("Recorder");
        File.AppendAllText(_site.File("plugins.lock"), "no sum of a file\n");
        foreach (string verb in (string[])["verify", "distrust", "trust"])
        {
            CommandResult malformed = (await _site.RunAsync("plugins", verb, "Recorder", "--config", "site.yaml")).Expect(1);
            Assert.Matches(@"plugins\.lock:\d+: a line has 64 hexadecimal digits", malformed.Output + malformed.Error);
        }
    }

    [Fact]
    public async Task Temporary_folder_that_cannot_be_used_is_named_with_the_remedy()
    {
        var environment = new Dictionary<string, string> { ["TMPDIR"] = _site.File("nowhere") };

        CommandResult result = (await AuditHostCommand.RunAsync(_site.Path, null, environment, "plugins", "list")).Expect(1);

        Assert.Contains("Set TMPDIR to one that can.", result.Error, StringComparison.Ordinal);
    }

    private void WriteSite(string settings = "") => _site.WriteSite(
        $$"""
          siem:
            recorder: { directory: "{{Records}}", max_in_flight: 2{{settings}} }
        """,
        host: "  plugins: { directory: ./plugins }");

    private static async Task<int> SendUntilAsync(RunningHost host, CancellationToken enough)
    {
        const int Batch = 20;
        int sent = 0;
        while (!enough.IsCancellationRequested)
        {
            await host.AcceptAsync(TestEvents.Range(sent + 1, Batch));
            sent += Batch;
        }

        return sent;
    }

    private int Recorded(char version) => Lines().Count(line => line.StartsWith(version));

    private IEnumerable<string> Lines() => Directory.EnumerateFiles(Records, "*.txt").SelectMany(File.ReadLines);

    private Task<CommandResult> ReloadAsync(params string[] names) => _site.RunAsync(["plugins", "reload", .. names, "--config", "site.yaml"]);

    private async Task<JsonElement> ListAsync() => (await _site.RunAsync("plugins", "list", "--json", "--config", "site.yaml")).Expect(0).Json;
}
