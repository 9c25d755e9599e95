namespace AuditHost.EndToEnd;

/// <summary>The file of a template changes under a running host.</summary>
public sealed class TemplateReloadTests : IDisposable
{
    private readonly SiteFolder _site = new();

    [Fact]
    public async Task Changed_template_is_taken_up_and_a_broken_one_is_not()
    {
        _site.Write("templates/acme.sbn", "1 {{ audit.id | json }}");
        _site.WriteSite("  log_aggregation: { acme: { type: file, path: ./out.txt, template: { path: acme, content_type: text/plain } } }");
        await using RunningHost host = await RunningHost.StartAsync(_site);
        await host.AcceptAsync(TestEvents.Json(1));
        await host.UntilAsync(() => _site.Lines("out.txt").Length == 1, "delivered");

        _site.Write("templates/acme.sbn", "2 {{ audit.id | json }}");
        await host.UntilAsync(() => host.Log.Contains("Destination acme renders with revision", StringComparison.Ordinal), "reloaded");
        await host.AcceptAsync(TestEvents.Json(2));
        await host.UntilAsync(() => _site.Lines("out.txt").Length == 2, "delivered");

        _site.Write("templates/acme.sbn", "3 {{ adit.id }}");
        await host.UntilAsync(() => host.Log.Contains("acme.sbn:1:6: There is no variable or function `adit`", StringComparison.Ordinal), "told");
        await host.AcceptAsync(TestEvents.Json(3));
        await host.UntilAsync(() => _site.Lines("out.txt").Length == 3, "delivered");
        Assert.Equal(1, await host.MetricAsync("audithost_template_refused", "acme"));
        Assert.Contains(
            "acme: the template's file is not used as it is now, the content before goes on", (await _site.RunAsync("status", "--config", "site.yaml")).Expect(0).Output, StringComparison.Ordinal);

        // A file that does not compile keeps no command from the running host.
        _site.Write("three.json", TestEvents.Json(3));
        Assert.Contains("known already", (await _site.RunAsync("send", "three.json", "--config", "site.yaml")).Expect(0).Output, StringComparison.Ordinal);
        foreach (string[] command in (string[][])[["dead-letters", "list"], ["backlogs", "list"], ["replay", "--destination", "acme", "--from", "oldest", "--dry-run"]])
            (await _site.RunAsync([.. command, "--config", "site.yaml"])).Expect(0);
        (await _site.RunAsync("validate", "site.yaml")).Expect(78);

        _site.Write("templates/acme.sbn", "4 {{ audit.id | json }}");
        await host.UntilAsync(async () => await host.MetricAsync("audithost_template_refused", "acme") == 0, "reloaded");
        await host.AcceptAsync(TestEvents.Json(4));
        await host.UntilAsync(() => _site.Lines("out.txt").Length == 4, "delivered");

        Assert.Equal(
            [$"1 \"{TestEvents.Id(1)}\"", $"2 \"{TestEvents.Id(2)}\"", $"2 \"{TestEvents.Id(3)}\"", $"4 \"{TestEvents.Id(4)}\""], _site.Lines("out.txt"));
        string metrics = await host.Http.GetStringAsync("/metrics", TestContext.Current.CancellationToken);
        Assert.Matches("audithost_template_reloads_total\\{[^}]*outcome=\"loaded\"[^}]*\\} 2\n", metrics);
        Assert.Matches("audithost_template_reloads_total\\{[^}]*outcome=\"refused\"[^}]*\\} 1\n", metrics);
    }

    [Fact]
    public async Task Dead_letter_names_the_template_it_died_with()
    {
        _site.Write("templates/acme.sbn", "{{ if audit.id == 'e2e-00000002'; 1 // 0; end }}{}");
        _site.WriteSite("  log_aggregation: { acme: { type: file, path: ./out.txt, template: acme } }");
        await using RunningHost host = await RunningHost.StartAsync(_site);

        await host.AcceptAsync(TestEvents.Range(1, 3));
        await host.UntilAsync(async () => await host.MetricAsync("audithost_events_dead_lettered", "acme") == 1, "dead");
        CommandResult letters = (await _site.RunAsync("dead-letters", "list", "--json", "--config", "site.yaml")).Expect(0);

        Assert.Matches("\"revision\":\\s*\"[0-9a-f]{12}\\+[0-9a-f]{12}\"", letters.Output);
        Assert.Matches("acme\\.sbn:1:[0-9]+: Attempted to divide by zero", letters.Output);
    }

    public void Dispose() => _site.Dispose();
}
