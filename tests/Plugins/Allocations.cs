namespace AuditHost.Plugins.Tests;

/// <summary>Counts what a piece of code allocates.</summary>
internal static class Allocations
{
    private const int Rounds = 10;

    /// <summary>
    /// The least of several rounds. A collection that another test causes may empty the pools that arrays are taken of, which is seen in one round; what is
    /// allocated for each event or batch is in all of them.
    /// </summary>
    public static long Least(Action round)
    {
        long least = long.MaxValue;
        for (int number = 0; number < Rounds; number++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            round();
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        return least;
    }
}
