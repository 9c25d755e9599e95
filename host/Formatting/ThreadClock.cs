using System.Diagnostics;
using System.Runtime;
using System.Runtime.InteropServices;

namespace AuditHost.Formatting;

/// <summary>
/// How long the current thread has worked. On Linux that is its processor time, so that it stands still while the machine does something
/// else; elsewhere it is the time of day. Compiling the host's own code is not the thread's work.
/// </summary>
internal static partial class ThreadClock
{
    private const int ProcessorTimeOfThread = 3; // CLOCK_THREAD_CPUTIME_ID of linux/time.h

    /// <summary>The time worked, from a beginning that means nothing.</summary>
    public static TimeSpan Now => Worked() - JitInfo.GetCompilationTime(currentThread: true);

    private static TimeSpan Worked()
    {
        if (OperatingSystem.IsLinux() && Environment.Is64BitProcess && ReadClock(ProcessorTimeOfThread, out TimeSpec time) == 0)
            return new TimeSpan((time.Seconds * TimeSpan.TicksPerSecond) + (time.Nanoseconds / TimeSpan.NanosecondsPerTick));
        return Stopwatch.GetElapsedTime(0);
    }

    [LibraryImport("libc", EntryPoint = "clock_gettime")]
    private static partial int ReadClock(int clock, out TimeSpec time);

    private struct TimeSpec
    {
        public long Seconds;
        public long Nanoseconds;
    }
}
