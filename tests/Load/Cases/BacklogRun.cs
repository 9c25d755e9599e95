using System.Diagnostics;
using System.Globalization;

namespace AuditHost.Load;

/// <summary>All destinations are away while 10 GiB come in, and then take them: how much memory that needs, and how fast it goes.</summary>
internal sealed class BacklogRun(AuditHostShipper shipper, Samples samples, int destinations, string folder)
{
    private const long BacklogBytes = 10L << 30;
    private const int Step = 100_000;
    private const int Capacity = 20_000_000;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(20);

    public async Task<IReadOnlyList<Measurement>> RunAsync()
    {
        int port = Port.Free();
        int[] receiverPorts = [.. Enumerable.Range(0, destinations).Select(_ => Port.Free())];
        Ledger[] ledgers = [.. receiverPorts.Select(_ => new Ledger(Capacity))];
        string site = SiteFile.Write(folder, port, receiverPorts.Select(receiverPort => new Target(TargetKind.Webhook, receiverPort)));
        using ShipperProcess host = shipper.Start(site);
        await host.ListeningAsync(port);
        await using HttpIntake intake = await HttpIntake.ConnectAsync(port, 4);
        var sender = new Sender(intake, samples);
        while (sender.Bytes < BacklogBytes)
            await sender.FloodAsync(Step, new Latencies());

        double before = host.Usage.PeakMegabytes;
        WebhookReceiver[] receivers = [.. ledgers.Zip(receiverPorts, (ledger, receiverPort) => new WebhookReceiver(ledger, receiverPort))];
        foreach (Ledger ledger in ledgers)
            await ledger.WhenReceivedAsync(sender.Sent, Patience);
        double seconds = Stopwatch.GetElapsedTime(ledgers.Min(ledger => ledger.FirstArrival), ledgers.Max(ledger => ledger.LastArrival)).TotalSeconds;
        double peak = host.Usage.PeakMegabytes;
        int duplicates = ledgers.Sum(ledger => ledger.Duplicates);
        await host.StopAsync();
        foreach (WebhookReceiver receiver in receivers)
            await receiver.DisposeAsync();
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"  {sender.Sent:N0} events drained to {destinations} in {seconds:F0} s ({sender.Sent / seconds:N0} events/s each), {duplicates} duplicates; peak {before:F0} MB before, {peak:F0} MB after"));
        return
        [
            new Measurement(
                "Peak memory of the host while a backlog of 10 GiB comes in and drains",
                string.Create(CultureInfo.InvariantCulture, $"{peak:F0} MB; drained at {sender.Sent / seconds:N0} events/s, {duplicates} duplicates"),
                "below 300 MB"),
        ];
    }
}
