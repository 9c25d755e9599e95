using System.Diagnostics;

namespace AuditHost.Faults.Model;

/// <summary>Waits for another thread, which answers within microseconds unless it hangs.</summary>
internal static class Patience
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    public static T Await<T>(ValueTask<T> task)
    {
        Spin(static state => ((ValueTask<T>)state).IsCompleted, task);
        return task.GetAwaiter().GetResult();
    }

    public static void Await(Task task)
    {
        Spin(static state => ((Task)state).IsCompleted, task);
        task.GetAwaiter().GetResult();
    }

    private static void Spin(Func<object, bool> done, object state)
    {
        long start = Stopwatch.GetTimestamp();
        var spin = default(SpinWait);
        while (!done(state))
        {
            spin.SpinOnce(sleep1Threshold: -1);
            if (spin.Count % 4096 == 0 && Stopwatch.GetElapsedTime(start) > Limit)
                throw new ModelViolationException("Something waits that should have been answered: a hang.");
        }
    }
}
