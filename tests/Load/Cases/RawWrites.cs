using System.Diagnostics;
using System.Runtime.InteropServices;

namespace AuditHost.Load;

/// <summary>A file that grows by groups, each synced before the next: the least that a durable journal has to do.</summary>
internal static partial class RawWrites
{
    /// <returns>The seconds it took.</returns>
    /// <exception cref="IOException">The disk did not sync.</exception>
    public static double Measure(string path, int groupBytes, int groups)
    {
        byte[] group = new byte[groupBytes];
        Random.Shared.NextBytes(group);
        using FileStream file = new(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0);
        int descriptor = (int)file.SafeFileHandle.DangerousGetHandle();
        long begin = Stopwatch.GetTimestamp();
        for (int number = 0; number < groups; number++)
        {
            file.Write(group);
            if (Synchronise(descriptor) != 0)
                throw new IOException($"fdatasync of {path} failed.");
        }

        return Stopwatch.GetElapsedTime(begin).TotalSeconds;
    }

    [LibraryImport("libc", EntryPoint = "fdatasync")]
    private static partial int Synchronise(int descriptor);
}
