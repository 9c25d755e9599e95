namespace AuditHost.Sdk.Testing;

/// <summary>Waits for the collector to take an unloaded plugin away.</summary>
internal static class Unloading
{
    public const string Remedy =
        "Usual causes: a timer or a thread that still runs, a handler of a static event (AppDomain.ProcessExit), JSON by reflection over the plugin's types "
        + "(use a JsonSerializerContext), or a library that keeps such things. Where a library cannot be helped, say which in the info's PinnedBy.";

    // Finalizers of one round let go of what the next collects.
    private const int Rounds = 50;

    public static async Task<bool> IsCollectedAsync(WeakReference reference)
    {
        for (int round = 0; reference.IsAlive && round < Rounds; round++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
            await Task.Yield();
        }

        return !reference.IsAlive;
    }
}
