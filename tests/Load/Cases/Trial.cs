using System.Diagnostics;
using System.Net.Sockets;

namespace AuditHost.Load;

/// <summary>A shipper between a sender and receivers, warmed up.</summary>
internal sealed class Trial
{
    /// <summary>How many events a round of the warm-up has.</summary>
    public const int WarmUp = 20_000;

    private const int Connections = 4;
    private const int LongestWarmUp = 10_000_000;

    /// <summary>How long nothing may arrive before what is missing counts as lost.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly ShipperProcess _process;
    private readonly IIntake _intake;
    private readonly IReadOnlyList<Ledger> _ledgers;

    private Trial(ShipperProcess process, IIntake intake, Samples samples, IReadOnlyList<Ledger> ledgers)
    {
        _process = process;
        _intake = intake;
        _ledgers = ledgers;
        Sender = new Sender(intake, samples);
    }

    public Sender Sender { get; }

    /// <summary>How often the host asked to come back later.</summary>
    public int Refusals => _intake is HttpIntake http ? http.Refusals : 0;

    public double PeakMegabytes => _process.Usage.PeakMegabytes;

    /// <summary>Starts a shipper and its receivers, has them measured, stops them, and counts.</summary>
    public static async Task<Verdict> RunAsync(TrialSetup setup, Func<Trial, Task> measure)
    {
        Directory.CreateDirectory(setup.Folder);
        Ledger[] ledgers = [.. Enumerable.Range(0, setup.Destinations).Select(_ => new Ledger((setup.WarmUp > TimeSpan.Zero ? LongestWarmUp : WarmUp) + setup.Events, Samples.Marker(setup.Input)))];
        IReceiver[] receivers = [.. ledgers.Select((ledger, number) => Receive(setup, ledger, number))];
        var route = new Route(setup.Folder, setup.Input, Port.Free(), [.. receivers.Select(receiver => receiver.Target)]);
        int sent = 0;
        string? failure = null;
        ShipperProcess? process = null;
        try
        {
            if (setup.Input == InputKind.File)
                await File.WriteAllBytesAsync(route.InputPath, []);
            process = await setup.Shipper.StartAsync(route);
            await using (IIntake intake = await ConnectAsync(route, process))
            {
                var trial = new Trial(process, intake, setup.Samples, ledgers);
                try
                {
                    await trial.WarmUpAsync(setup.WarmUp);
                    await measure(trial);
                }
                finally
                {
                    sent = trial.Sender.Sent;
                }
            }

            await process.StopAsync();
        }
        catch (Exception exception) when (exception is IOException or SocketException or TimeoutException)
        {
            failure = $"FAILED: {exception.Message}\n{process?.Output}";
        }
        finally
        {
            process?.Dispose();
        }

        foreach (IReceiver receiver in receivers)
            await receiver.DisposeAsync();
        Verdict verdict = Verdict.Of(sent, ledgers);
        return failure is null ? verdict : new Verdict(false, verdict.Exact ? failure : $"{verdict.Text}\n  {failure}");
    }

    /// <summary>Sends events as fast as they are taken.</summary>
    public async Task<Flood> FloodAsync(int events, Latencies accepted)
    {
        long bytes = Sender.Bytes;
        double own = Environment.CpuUsage.TotalTime.TotalSeconds;
        ProcessUsage before = _process.Usage;
        long begin = Stopwatch.GetTimestamp();
        await Sender.FloodAsync(events, accepted);
        await ArrivedAsync();
        double seconds = Stopwatch.GetElapsedTime(begin, _ledgers.Max(ledger => ledger.LastArrival)).TotalSeconds;
        ProcessUsage after = _process.Usage;
        return new Flood(
            events,
            seconds,
            Sender.Bytes - bytes,
            after.CpuSeconds - before.CpuSeconds,
            Environment.CpuUsage.TotalTime.TotalSeconds - own,
            after.WrittenBytes - before.WrittenBytes,
            after.PeakMegabytes);
    }

    /// <summary>Sends events each at its time.</summary>
    /// <param name="send">Begins the sending.</param>
    /// <returns>The time from when each was due to its arrival at each receiver.</returns>
    public async Task<Latencies> DeliverAsync(Func<Sender, Task> send)
    {
        var delivered = new Latencies();
        foreach (Ledger ledger in _ledgers)
            ledger.Delivered = delivered;
        await send(Sender);
        await ArrivedAsync();
        foreach (Ledger ledger in _ledgers)
            ledger.Delivered = null;
        return delivered;
    }

    private async Task WarmUpAsync(TimeSpan time)
    {
        long begin = Stopwatch.GetTimestamp();
        do
        {
            await Sender.FloodAsync(WarmUp, new Latencies());
            await ArrivedAsync();
        }
        while (Stopwatch.GetElapsedTime(begin) < time && Sender.Sent + WarmUp <= LongestWarmUp);
    }

    private Task ArrivedAsync() => Task.WhenAll(_ledgers.Select(ledger => ledger.WhenReceivedAsync(Sender.Sent, Patience)));

    private static async Task<IIntake> ConnectAsync(Route route, ShipperProcess process) => route.Input switch
    {
        InputKind.StandardInput => new StandardInputIntake(process.Input),
        InputKind.Http => await HttpIntake.ConnectAsync(route.Port, Connections),
        InputKind.File => new FileIntake(route.InputPath),
        _ => await StreamIntake.ConnectAsync(route.Port, Connections),
    };

    private static IReceiver Receive(TrialSetup setup, Ledger ledger, int number) => setup.Output switch
    {
        TargetKind.File => new FileReceiver(Path.Combine(setup.Folder, $"out-{number}.jsonl"), ledger),
        TargetKind.Webhook => new WebhookReceiver(ledger),
        _ => new SyslogReceiver(ledger),
    };
}
