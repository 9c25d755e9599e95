using System.Text.Json;

namespace AuditHost.EndToEnd;

/// <summary>Real log daemons send to the host what they read from a file.</summary>
public sealed class SyslogIntakeTests : IDisposable
{
    private const int Lines = 300;

    private readonly SiteFolder _site = new();
    private readonly int _tcp = SiteFolder.FreePort();
    private readonly int _udp = SiteFolder.FreePort();

    public void Dispose() => _site.Dispose();

    [Fact]
    public async Task Everything_that_rsyslog_sends_is_taken_in_each_framing()
    {
        await using RunningHost host = await StartAsync();
        await using LogDaemon daemon = LogDaemon.StartRsyslog(
            _site,
            $$"""
              module(load="imfile")
              template(name="modern" type="string" string="<%PRI%>1 %TIMESTAMP:::date-rfc3339% gate counted 17 ID47 [a@32473 b=\"c\"] %msg%")
              template(name="lines" type="string" string="<%PRI%>%TIMESTAMP% gate lines[17]: %msg%")
              template(name="datagrams" type="string" string="<%PRI%>%TIMESTAMP% gate datagrams[17]: %msg%")
              input(type="imfile" file="{{_site.File("input.log")}}" tag="audit" severity="error" facility="auth")
              action(type="omfwd" target="127.0.0.1" port="{{_tcp}}" protocol="tcp" template="modern" TCP_Framing="octet-counted")
              action(type="omfwd" target="127.0.0.1" port="{{_tcp}}" protocol="tcp" template="lines")
              action(type="omfwd" target="127.0.0.1" port="{{_udp}}" protocol="udp" template="datagrams")

              """);

        JsonElement[] events = await TakeAsync(host, "counted", "lines", "datagrams");

        Assert.All(events, one => Assert.Equal(("high", "gate", "127.0.0.1"), (Text(one, "severity"), Text(one, "hostname"), Text(one, "peer"))));
        Assert.All(
            events.Where(one => Text(one, "source") == "counted"),
            one => Assert.Equal("[a@32473 b=\"c\"]", one.GetProperty("syslog").GetProperty("structured_data").GetString()));
    }

    [Fact]
    public async Task Everything_that_syslog_ng_sends_is_taken_in_each_framing()
    {
        await using RunningHost host = await StartAsync();
        await using LogDaemon daemon = LogDaemon.StartSyslogNg(
            _site,
            $$"""
              source input { file("{{_site.File("input.log")}}" flags(no-parse) follow-freq(0.1)); };
              rewrite counted { set("counted" value("PROGRAM")); set("gate" value("HOST")); };
              rewrite lines { set("lines" value("PROGRAM")); set("gate" value("HOST")); };
              rewrite datagrams { set("datagrams" value("PROGRAM")); set("gate" value("HOST")); };
              destination counted { syslog("127.0.0.1" transport("tcp") port({{_tcp}}) persist-name("counted")); };
              destination lines { network("127.0.0.1" transport("tcp") port({{_tcp}}) persist-name("lines")); };
              destination datagrams { network("127.0.0.1" transport("udp") port({{_udp}})); };
              log { source(input); rewrite(counted); destination(counted); };
              log { source(input); rewrite(lines); destination(lines); };
              log { source(input); rewrite(datagrams); destination(datagrams); };

              """);

        JsonElement[] events = await TakeAsync(host, "counted", "lines", "datagrams");

        Assert.All(events, one => Assert.Equal("gate", Text(one, "hostname")));
        Assert.All(events, one => Assert.Equal(Text(one, "source") == "counted" ? 1 : 0, one.GetProperty("syslog").GetProperty("version").GetInt32()));
    }

    private static string Text(JsonElement element, string name) => element.GetProperty(name).GetString()!;

    private Task<RunningHost> StartAsync()
    {
        _site.Write("input.log", string.Concat(Enumerable.Range(1, Lines).Select(number => $"message {number} größer\n")));
        _site.WriteSite(
            "  log_aggregation: { archive: { type: file, format: jsonl, path: ./archive.jsonl } }",
            $$"""[{ type: http }, { type: syslog, listen: "127.0.0.1:{{_tcp}}" }, { type: syslog, protocol: udp, listen: "127.0.0.1:{{_udp}}" }]""");
        return RunningHost.StartAsync(_site);
    }

    /// <summary>Waits until each line has come from each of these programs, and insists that none came twice and none was rejected.</summary>
    private async Task<JsonElement[]> TakeAsync(RunningHost host, params string[] programs)
    {
        await host.UntilAsync(() => _site.Lines("archive.jsonl").Length >= Lines * programs.Length, "archived");
        JsonElement[] events = [.. _site.Lines("archive.jsonl").Select(line => JsonDocument.Parse(line).RootElement).Where(one => programs.Contains(Text(one, "source")))];
        Assert.Equal(
            programs.SelectMany(program => Enumerable.Range(1, Lines).Select(number => $"{program}: message {number} größer")).Order(StringComparer.Ordinal),
            events.Select(one => $"{Text(one, "source")}: {Text(one, "message").Trim()}").Order(StringComparer.Ordinal));
        return events;
    }
}
