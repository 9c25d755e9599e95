using System.Diagnostics;
using System.Globalization;

namespace AuditHost.Load;

/// <summary>The sender straight to the counting webhook receiver: what the measuring itself costs and could reach.</summary>
internal static class Baseline
{
    public static async Task RunAsync(int events, Samples samples)
    {
        var ledger = new Ledger(2 * events);
        await using var receiver = new WebhookReceiver(ledger);
        await using HttpIntake intake = await HttpIntake.ConnectAsync(receiver.Port, 4);
        var sender = new Sender(intake, samples);
        await sender.FloodAsync(events, new Latencies());
        double cpu = Environment.CpuUsage.TotalTime.TotalSeconds;
        long begin = Stopwatch.GetTimestamp();
        await sender.FloodAsync(events, new Latencies());
        await ledger.WhenReceivedAsync(sender.Sent, TimeSpan.FromMinutes(1));
        double seconds = Stopwatch.GetElapsedTime(begin).TotalSeconds;
        cpu = Environment.CpuUsage.TotalTime.TotalSeconds - cpu;
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"without the host: {events / seconds:N0} events/s, {cpu:F2} CPU s for {events:N0} events, sent and counted"));
    }
}
