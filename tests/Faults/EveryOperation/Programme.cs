using System.Globalization;

namespace AuditHost.Faults.EveryOperation;

/// <summary>Adds up what the single tests did; the figure stands for as many as have held.</summary>
internal static class Programme
{
    private static readonly Lock Gate = new();
    private static readonly SortedDictionary<string, int> Kinds = new(StringComparer.Ordinal);
    private static int _runs;
    private static TimeSpan _duration;

    /// <param name="runs">Operations that failed, each in a run of its own.</param>
    /// <param name="operations">How many the scenario has.</param>
    /// <param name="duration">How long the runs took.</param>
    /// <param name="kind">How they failed.</param>
    public static void Add(int runs, int operations, TimeSpan duration, string kind)
    {
        lock (Gate)
        {
            _runs += runs;
            _duration += duration;
            Kinds[kind] = Kinds.GetValueOrDefault(kind) + runs;
            string kinds = string.Join(", ", Kinds.Select(pair => string.Create(CultureInfo.InvariantCulture, $"{pair.Key} {pair.Value}")));
            Figures.Record(
                "Every n-th operation of a scenario fails, in every way it can",
                _runs,
                _duration,
                detail: string.Create(CultureInfo.InvariantCulture, $"{Scenario.Events} events, {operations} operations on files. {kinds}"));
        }
    }
}
