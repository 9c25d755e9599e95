using System.Diagnostics;
using System.Runtime.InteropServices;

namespace AuditHost.Commands;

/// <summary>
/// SIGTERM and SIGINT: the first asks a command to end by itself, in as long as it takes. Whoever sends a second one does not want to
/// wait: the process ends on the spot, as in a crash. What was accepted is on disk.
/// </summary>
internal sealed class StopSignals : IDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly PosixSignalRegistration[] _registrations;
    private int _received;

    public StopSignals()
    {
        _registrations = [PosixSignalRegistration.Create(PosixSignal.SIGTERM, Receive), PosixSignalRegistration.Create(PosixSignal.SIGINT, Receive)];
    }

    /// <summary>Cancelled by the first signal.</summary>
    public CancellationToken Token => _stop.Token;

    public void Dispose()
    {
        foreach (PosixSignalRegistration registration in _registrations)
            registration.Dispose();
        _stop.Dispose();
    }

    private void Receive(PosixSignalContext context)
    {
        context.Cancel = true;
        if (Interlocked.Increment(ref _received) > 1)
            Process.GetCurrentProcess().Kill();

        // What ends with the cancellation does so elsewhere: the next signal must not have to wait for it.
        _ = _stop.CancelAsync();
    }
}
