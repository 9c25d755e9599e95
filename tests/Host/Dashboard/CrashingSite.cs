using AuditHost.Configuration.Options;
using AuditHost.Sdk;
using AuditHost.Tests.Delivery;
using AuditHost.Tests.Journal;

namespace AuditHost.Tests.Dashboard;

/// <summary>
/// A site whose process can end in the middle of a call: what is on disk at that moment is copied, the copy is the data directory of the
/// next life, and the abandoned one is only there to be closed with the test.
/// </summary>
/// <param name="isDeadly">Whether an event ends the process at a destination.</param>
/// <param name="alert">How events become messages; <see langword="null"/> where they do not.</param>
internal sealed class CrashingSite(Func<string, ulong, bool> isDeadly, AlertOptions? alert = null) : IAsyncDisposable
{
    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("audithost-crash-");
    private readonly List<Site> _abandoned = [];
    private readonly TaskCompletionSource _released = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private TaskCompletionSource<string> _crashed = NewCrash();
    private Site? _site;
    private int _life;

    /// <summary>What each destination was sent successfully, over all lives.</summary>
    public Dictionary<string, List<ulong>> Delivered { get; } = new(StringComparer.Ordinal) { ["a"] = [], ["b"] = [] };

    /// <summary>Events in each call of <c>a</c> in this life.</summary>
    public List<int> CallSizes { get; } = [];

    public Site Site => _site!;

    /// <summary>Begins a life: a site on what the last one left.</summary>
    public async Task<Site> StartAsync()
    {
        string before = Folder(_life);
        string folder = Folder(++_life);
        Directory.CreateDirectory(folder);
        if (Directory.Exists(before))
            Copy(Path.Combine(before, "data"), Path.Combine(folder, "data"));
        TaskCompletionSource<string> crash = _crashed = NewCrash();
        lock (Delivered)
            CallSizes.Clear();
        Dictionary<string, IConnector> connectors = Delivered.Keys.ToDictionary(name => name, name => (IConnector)new ScriptedConnector((batch, _) => AnswerAsync(name, batch, crash)));
        _site = await ScriptedSite.OpenAsync(folder, connectors, new HastyTimeProvider(), alert);
        _abandoned.Add(_site);
        return _site;
    }

    /// <summary>Runs until the process ends in a call, or every lane is level.</summary>
    /// <returns>The destination whose call ended it; <see langword="null"/> where none did.</returns>
    public async Task<string?> RunAsync()
    {
        Site.Start();
        Task level = Site.DrainAsync();
        return await Task.WhenAny(_crashed.Task, level).WaitAsync(2 * JournalFolder.Patience) == level && !_crashed.Task.IsCompleted ? null : await _crashed.Task;
    }

    public async ValueTask DisposeAsync()
    {
        _released.TrySetResult();
        foreach (Site site in _abandoned)
            await site.DisposeAsync();
        _root.Delete(recursive: true);
    }

    private async ValueTask<DeliveryResult> AnswerAsync(string name, EventBatch batch, TaskCompletionSource<string> crash)
    {
        ulong[] sequences = [.. Enumerable.Range(0, batch.Count).Select(index => batch[index].Event.Sequence)];
        lock (Delivered)
        {
            if (name == "a" && !crash.Task.IsCompleted)
                CallSizes.Add(batch.Count);
            if (!crash.Task.IsCompleted && !sequences.Any(sequence => isDeadly(name, sequence)))
            {
                Delivered[name].AddRange(sequences);
                return DeliveryResult.Delivered;
            }

            // Whatever else this life would have done does not happen any more: the other lanes hang in their next calls too.
            crash.TrySetResult(name);
        }

        await _released.Task;
        return DeliveryResult.Failed(FailureKind.Transient, "The process has ended.");
    }

    private string Folder(int life) => Path.Combine(_root.FullName, $"life-{life}");

    private static TaskCompletionSource<string> NewCrash() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private static void Copy(string from, string to)
    {
        // The lock is the process's own, and would have ended with it.
        foreach (string file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories).Where(static file => Path.GetFileName(file) != "LOCK"))
        {
            string copy = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            using FileStream source = new(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using FileStream target = File.Create(copy);
            source.CopyTo(target);
        }
    }
}
