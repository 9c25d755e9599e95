using System.Diagnostics;
using System.Globalization;

namespace AuditHost.Load;

/// <summary>How long a host that was killed takes to listen again, with a journal of 1 GiB and with an empty one.</summary>
internal sealed class RecoveryRun(AuditHostShipper shipper, Samples samples, string folder)
{
    private const int Starts = 5;
    private const long JournalBytes = 1L << 30;
    private const int Step = 50_000;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    public async Task<IReadOnlyList<Measurement>> RunAsync()
    {
        int port = Port.Free();
        var ledger = new Ledger(2_000_000);
        await using var receiver = new WebhookReceiver(ledger);
        string site = SiteFile.Write(folder, port, receiver.Target);
        double empty = await StartsAsync(site, port);
        int events = await FillAsync(site, port, ledger);
        double full = await StartsAsync(site, port);
        return
        [
            new Measurement(
                $"From the start of the process to the open port, after kill -9 with a journal of 1 GiB ({events.ToString("N0", CultureInfo.InvariantCulture)} events)",
                string.Create(CultureInfo.InvariantCulture, $"{full:F2} s; {empty:F2} s with an empty one (medians of {Starts})"),
                "recovery under 2 s"),
        ];
    }

    private async Task<int> FillAsync(string site, int port, Ledger ledger)
    {
        using ShipperProcess host = shipper.Start(site);
        await host.ListeningAsync(port);
        await using HttpIntake intake = await HttpIntake.ConnectAsync(port, 4);
        var sender = new Sender(intake, samples);
        while (SizeOf(Path.Combine(folder, "data", "journal")) < JournalBytes)
            await sender.FloodAsync(Step, new Latencies());
        await ledger.WhenReceivedAsync(sender.Sent, Patience);
        return sender.Sent;
    }

    private async Task<double> StartsAsync(string site, int port)
    {
        var seconds = new List<double>();
        for (int start = 0; start < Starts; start++)
        {
            long begin = Stopwatch.GetTimestamp();
            using ShipperProcess host = shipper.Start(site);
            await host.ListeningAsync(port);
            seconds.Add(Stopwatch.GetElapsedTime(begin).TotalSeconds);
        }

        Console.WriteLine($"  {string.Join(", ", seconds.Select(one => one.ToString("F2", CultureInfo.InvariantCulture)))} s");
        seconds.Sort();
        return seconds[seconds.Count / 2];
    }

    private static long SizeOf(string directory) => new DirectoryInfo(directory).EnumerateFiles("*.log").Sum(file => file.Length);
}
