using System.Diagnostics;
using System.Runtime.InteropServices;

namespace AuditHost.Commands;

/// <summary>
/// Whoever asks a second time to stop does not want to wait: the process ends on the spot, as in a crash. What was accepted is on disk.
/// </summary>
internal sealed class SecondSignal : IDisposable
{
    private readonly PosixSignalRegistration[] _registrations;
    private int _signals;

    public SecondSignal()
    {
        _registrations = [PosixSignalRegistration.Create(PosixSignal.SIGTERM, Count), PosixSignalRegistration.Create(PosixSignal.SIGINT, Count)];
    }

    public void Dispose()
    {
        foreach (PosixSignalRegistration registration in _registrations)
            registration.Dispose();
    }

    private void Count(PosixSignalContext context)
    {
        // The first one is the command line's, which cancels the command.
        context.Cancel = true;
        if (Interlocked.Increment(ref _signals) > 1)
            Process.GetCurrentProcess().Kill();
    }
}
