using System.Diagnostics;
using AuditHost.Faults.Model;

namespace AuditHost.Faults.Damage;

/// <summary>Runs numbered cases on all processors and says of the first that fails which it was.</summary>
internal static class Cases
{
    private const int Slice = 256;

    /// <param name="count">How many there are.</param>
    /// <param name="begin">Makes what one thread works with.</param>
    /// <param name="run">One case.</param>
    /// <param name="end">Takes what the thread has counted.</param>
    public static TimeSpan Run<T>(int count, Func<T> begin, Action<T, int> run, Action<T> end)
    {
        long start = Stopwatch.GetTimestamp();
        int next = 0;
        int failed = int.MaxValue;
        Exception? failure = null;
        var gate = new Lock();
        Parallel.For(0, Environment.ProcessorCount, new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount }, _ =>
        {
            T state = begin();
            for (int from = Interlocked.Add(ref next, Slice) - Slice; from < count && failure is null; from = Interlocked.Add(ref next, Slice) - Slice)
            {
                for (int number = from; number < Math.Min(from + Slice, count); number++)
                {
                    try
                    {
                        run(state, number);
                    }
                    catch (Exception exception)
                    {
                        lock (gate)
                        {
                            if (number < failed)
                                (failed, failure) = (number, exception);
                        }

                        return;
                    }
                }
            }

            lock (gate)
                end(state);
        });
        if (failure is not null)
            throw new ModelViolationException($"Case {failed}: {failure.Message}", failure);
        return Stopwatch.GetElapsedTime(start);
    }
}
