using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;

namespace AuditHost.Load;

/// <summary>One case from start to end: warm up, as fast as possible, steady, count.</summary>
internal sealed class CaseRun(string name, LoadOptions options, string executable, Samples samples, string folder)
{
    private const int WarmUp = 20_000;
    private const int Connections = 4;
    private const int SteadyRate = 20_000;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly int _streamPort = Port.Free();
    private readonly Latencies _accepted = new();
    private readonly Latencies _steadyAccepted = new();
    private readonly Latencies _delivered = new();

    /// <summary>Runs the case and prints its figures.</summary>
    /// <returns>Whether every event arrived exactly once.</returns>
    public async Task<bool> RunAsync()
    {
        Directory.CreateDirectory(folder);
        var ledger = new Ledger(WarmUp + options.Events + (SteadyRate * options.Seconds), samples.Marker);
        IReceiver receiver = Receive(ledger);
        int port = Port.Free();
        string site = Path.Combine(folder, "site.yaml");
        await File.WriteAllTextAsync(site, Site(port, receiver.Destination));
        bool once = options.Input == InputKind.StandardInput;
        HostProcess host = HostProcess.Start(executable, site, once);
        int sent = 0;
        try
        {
            await using (IIntake intake = await ConnectAsync(host, port))
            {
                var sender = new Sender(intake, samples);
                await LoadAsync(sender, ledger, host);
                sent = sender.Sent;
                if (intake is HttpIntake { Refusals: > 0 } http)
                    Console.WriteLine($"  the host asked {http.Refusals} times to come back later");
            }

            await host.StopAsync(once);
        }
        catch (Exception exception) when (exception is IOException or SocketException or TimeoutException)
        {
            Console.WriteLine($"  FAILED: {exception.Message}\n{host.Output}");
            sent = -1;
        }
        finally
        {
            host.Dispose();
        }

        await receiver.DisposeAsync();
        return Check(ledger, sent);
    }

    private async Task LoadAsync(Sender sender, Ledger ledger, HostProcess host)
    {
        await sender.FloodAsync(WarmUp, new Latencies());
        await ledger.WhenReceivedAsync(sender.Sent, Patience);

        long bytesBefore = sender.Bytes;
        double ownBefore = Environment.CpuUsage.TotalTime.TotalSeconds;
        double hostBefore = host.Usage.CpuSeconds;
        long begin = Stopwatch.GetTimestamp();
        await sender.FloodAsync(options.Events, _accepted);
        await ledger.WhenReceivedAsync(sender.Sent, Patience);
        double seconds = Stopwatch.GetElapsedTime(begin, ledger.LastArrival).TotalSeconds;
        double hostCpu = host.Usage.CpuSeconds - hostBefore;
        double ownCpu = Environment.CpuUsage.TotalTime.TotalSeconds - ownBefore;
        Print($"  {options.Events:N0} events in {seconds:F2} s: {options.Events / seconds:N0} events/s, {(sender.Bytes - bytesBefore) / seconds / 1e6:F0} MB/s");
        Print($"  host {hostCpu:F2} CPU s: {options.Events / hostCpu:N0} events per CPU second; sender and receiver {ownCpu:F2} CPU s");
        Print($"  acceptance of {Sender.FloodBody} events: {_accepted}");

        ledger.Delivered = _delivered;
        await sender.SteadyAsync(SteadyRate * options.Seconds, SteadyRate, _steadyAccepted);
        await ledger.WhenReceivedAsync(sender.Sent, Patience);
        ledger.Delivered = null;
        Print($"  at {SteadyRate:N0} events/s, acceptance of {Sender.SteadyBody} events: {_steadyAccepted}");
        Print($"  at {SteadyRate:N0} events/s, delivery of each event: {_delivered}");
        Print($"  peak memory of the host {host.Usage.PeakMegabytes:F0} MB");
    }

    private static bool Check(Ledger ledger, int sent)
    {
        long sum = sent * (sent - 1L) / 2;
        bool exact = sent >= 0 && ledger.Received == sent && ledger.Duplicates == 0 && ledger.Sum == sum;
        Print(exact
            ? (FormattableString)$"  all {sent:N0} events arrived exactly once"
            : (FormattableString)$"  NOT EXACTLY ONCE: sent {sent:N0}, arrived {ledger.Received:N0}, {ledger.Duplicates:N0} duplicates");
        return exact;
    }

    private async Task<IIntake> ConnectAsync(HostProcess host, int port)
    {
        if (options.Input == InputKind.StandardInput)
            return new StandardInputIntake(host.Input);
        await host.ListeningAsync(port);
        return options.Input switch
        {
            InputKind.Http => await HttpIntake.ConnectAsync(port, Connections),
            InputKind.File => new FileIntake(InputPath),
            _ => await StreamIntake.ConnectAsync(_streamPort, Connections),
        };
    }

    private IReceiver Receive(Ledger ledger) => name switch
    {
        "file" => new FileReceiver(folder, ledger),
        "webhook" => new WebhookReceiver(ledger),
        _ => new SyslogReceiver(ledger),
    };

    private string Site(int port, string destination) =>
        $$"""
        host:
          data_dir: ./data
          http: { listen: "127.0.0.1:{{port}}" }
          sources:
            - {{Source}}
        enterprise_integration:
          log_aggregation:
            sink: {{destination}}

        """;

    private string InputPath => Path.Combine(folder, "input.jsonl");

    private string Source => options.Input switch
    {
        InputKind.Http => "{ type: http }",
        InputKind.StandardInput => "{ type: stdin }",
        InputKind.File => $"{{ type: file, path: \"{InputPath}\" }}",
        InputKind.Tcp => $"{{ type: tcp, listen: \"127.0.0.1:{_streamPort}\" }}",
        _ => $"{{ type: syslog, listen: \"127.0.0.1:{_streamPort}\" }}",
    };

    private static void Print(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));
}
