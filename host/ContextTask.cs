namespace AuditHost;

/// <summary>Keeps what waits for a signal in its context.</summary>
internal static class ContextTask
{
    /// <summary>
    /// The same task, which ends in the context of whoever asks. A signal that wakes its waiters on any thread goes through this before
    /// it is combined with others or with a token: within a simulation, which is a context of one thread, nothing may run elsewhere.
    /// </summary>
    public static async Task InContext(this Task task) => await task;
}
