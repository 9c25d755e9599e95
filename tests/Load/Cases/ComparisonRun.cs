using System.Globalization;

namespace AuditHost.Load;

/// <summary>
/// The host and others on the same case, in turn and in rounds, so that a machine whose pace changes speaks for none of them. What counts is the
/// ratio within a round.
/// </summary>
internal sealed class ComparisonRun(TrialSetup setup, LoadOptions options, IReadOnlyList<IShipper> shippers)
{
    /// <returns>Whether every event arrived exactly once from every build of the host. What others lose or repeat is shown and is no failure of ours.</returns>
    public async Task<bool> RunAsync()
    {
        List<Contender> contenders = [];
        foreach (IShipper shipper in shippers)
        {
            if (shipper.Objection(setup.Input) is { } objection)
                Console.WriteLine($"  {shipper.Name} is left out: {objection}");
            else
                contenders.Add(new Contender(shipper));
        }

        for (int round = 1; round <= options.Rounds; round++)
        {
            foreach (Contender contender in contenders)
                await MeasureAsync(contender, round);
        }

        ComparisonTable.Print(contenders);
        return contenders.Where(contender => contender.Shipper is AuditHostShipper).All(contender => contender.Exact == options.Rounds);
    }

    private async Task MeasureAsync(Contender contender, int round)
    {
        TrialSetup own = setup with { Shipper = contender.Shipper, Folder = Path.Combine(setup.Folder, contender.Name), WarmUp = options.WarmUp };
        Flood? flood = null;
        Verdict verdict = await Trial.RunAsync(own, async trial => flood = await trial.FloodAsync(options.Events, new Latencies()));
        contender.Add(flood, verdict.Exact);
        string figures = flood is null
            ? "not measured"
            : string.Create(
                CultureInfo.InvariantCulture,
                $"{flood.EventsPerSecond,10:N0} events/s {flood.EventsPerCpuSecond,10:N0} events/CPU s {flood.PeakMegabytes,6:F0} MB peak {flood.WrittenPerEvent,6:N0} B/event to disk");
        Console.WriteLine($"  {round}  {contender.Name,-16} {figures}  {verdict.Text}");
        if (options.Keep is { } keep && round == 1)
        {
            string kept = Directory.CreateDirectory(Path.Combine(keep, Path.GetFileName(setup.Folder))).FullName;
            File.Copy(Path.Combine(own.Folder, contender.Shipper.Configuration), Path.Combine(kept, $"{contender.Name}.{contender.Shipper.Configuration}"), overwrite: true);
        }

        Directory.Delete(own.Folder, recursive: true);
    }
}
