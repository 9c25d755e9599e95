using System.Globalization;

namespace AuditHost.Load;

/// <summary>What a comparison came to: medians, and the host against each of the others round by round.</summary>
internal static class ComparisonTable
{
    /// <param name="contenders">The host first.</param>
    public static void Print(IReadOnlyList<Contender> contenders)
    {
        Console.WriteLine($"  {"medians",-18} {"events/s",10} {"events/CPU s",13} {"peak MB",8} {"B to disk",10}   exactly once");
        foreach (Contender contender in contenders)
        {
            Console.WriteLine(
                $"  {contender.Name,-18} {Median(contender, flood => flood.EventsPerSecond),10} {Median(contender, flood => flood.EventsPerCpuSecond),13} "
                + $"{Median(contender, flood => flood.PeakMegabytes),8} {Median(contender, flood => flood.WrittenPerEvent),10}   {contender.Exact} of {contender.Floods.Count}");
        }

        foreach (Contender other in contenders.Skip(1))
        {
            Console.WriteLine(
                $"  {contenders[0].Name} / {other.Name}: events/s {Ratios(contenders[0], other, flood => flood.EventsPerSecond)}, "
                + $"events per CPU second {Ratios(contenders[0], other, flood => flood.EventsPerCpuSecond)}");
        }
    }

    private static string Median(Contender contender, Func<Flood, double> figure)
    {
        List<double> figures = [.. contender.Floods.OfType<Flood>().Select(figure)];
        return figures.Count == 0 ? "-" : Median(figures).ToString("N0", CultureInfo.InvariantCulture);
    }

    private static double Median(List<double> figures)
    {
        figures.Sort();
        return (figures[(figures.Count - 1) / 2] + figures[figures.Count / 2]) / 2;
    }

    private static string Ratios(Contender one, Contender other, Func<Flood, double> figure)
    {
        List<double> ratios = [.. one.Floods.Zip(other.Floods)
            .Where(pair => pair.First is not null && pair.Second is not null)
            .Select(pair => figure(pair.First!) / figure(pair.Second!))];
        if (ratios.Count == 0)
            return "not measured";
        double median = Median(ratios);
        return string.Create(CultureInfo.InvariantCulture, $"{ratios[0]:F2} {median:F2} {ratios[^1]:F2} (least, median and most of {ratios.Count})");
    }
}
