using System.Diagnostics;

namespace AuditHost.EndToEnd.Space;

/// <summary>Volumes of a few megabytes: full, they refuse new events with 503, what was accepted is still delivered, and then events are taken again.</summary>
[Promise("G2", "G10", "G16")]
public sealed class SmallVolumeTests(ITestOutputHelper output)
{
    private const int LongFactor = 20;

    private static readonly (int Mebibytes, int Cycles)[] Volumes = [(1, 20), (2, 14), (4, 10), (8, 6)];

    [Fact]
    public async Task Full_volume_refuses_drains_and_takes_events_again()
    {
        var watch = Stopwatch.StartNew();
        (int accepted, int squeezed) = (0, 0);
        foreach ((int mebibytes, int cycles) in Volumes)
        {
            using var chain = new VolumeChain(output, mebibytes);
            await chain.RunAsync(Programme.Times(cycles, LongFactor), whenFull: static volume => volume.TakeSpace());
            (accepted, squeezed) = (accepted + chain.Accepted, squeezed + chain.Squeezed);
        }

        Figures.Record(
            "small volumes filled and drained", Programme.Times(Volumes.Sum(volume => volume.Cycles), LongFactor), watch.Elapsed, Programme.SeedText,
            $"volumes of 1, 2, 4 and 8 MiB, {squeezed} times without a byte left; {accepted} events accepted, 0 lost");
    }

    [Fact]
    public async Task Volume_without_inodes_drains_and_takes_events_again()
    {
        using var chain = new VolumeChain(output, mebibytes: 4, inodes: 200);
        await chain.RunAsync(cycles: 4, whenEmpty: static volume => volume.TakeInodes());
    }
}
