using System.Collections.Concurrent;
using System.Net;

namespace AuditHost.EndToEnd;

/// <summary>What was sent and what the host said it has: against it stands what arrived at each destination.</summary>
internal sealed class Ledger(ITestOutputHelper output)
{
    private readonly ConcurrentDictionary<string, bool> _sent = new();
    private readonly ConcurrentQueue<string> _accepted = new();
    private int _next;

    public string[] Accepted => [.. _accepted];

    /// <summary>What the host answered last.</summary>
    public HttpStatusCode LastStatus { get; private set; }

    /// <summary>Posts so many new events in one request. They count as accepted only when the answer was read.</summary>
    /// <returns>The ids of those accepted: all or none.</returns>
    /// <exception cref="HttpRequestException">The host is gone.</exception>
    public async Task<string[]> PostAsync(RunningHost host, int count)
    {
        int first = Interlocked.Add(ref _next, count) - count;
        string[] ids = [.. Enumerable.Range(first, count).Select(TestEvents.Id)];
        foreach (string id in ids)
            _sent.TryAdd(id, true);
        using HttpResponseMessage response = await host.PostAsync(string.Join('\n', TestEvents.Range(first, count)), "application/x-ndjson");
        LastStatus = response.StatusCode;
        if (!response.IsSuccessStatusCode)
            return [];
        foreach (string id in ids)
            _accepted.Enqueue(id);
        return ids;
    }

    /// <summary>
    /// Numbers of so many new events that are sent where nobody answers. What a peer sends to a host that stays up must arrive, so they count
    /// as accepted at once.
    /// </summary>
    public int[] Owe(int count)
    {
        int first = Interlocked.Add(ref _next, count) - count;
        int[] numbers = [.. Enumerable.Range(first, count)];
        foreach (string id in numbers.Select(TestEvents.Id))
        {
            _sent.TryAdd(id, true);
            _accepted.Enqueue(id);
        }

        return numbers;
    }

    /// <summary>Posts over several connections until the host is gone.</summary>
    public Task LoadAsync(RunningHost host, int connections, int batchSize) =>
        Task.WhenAll(Enumerable.Range(0, connections).Select(_ => LoadAsync(host, batchSize)));

    /// <summary>Nothing lost, nothing invented, and no more duplicates than stated.</summary>
    /// <returns>How many duplicates there were.</returns>
    public int Check(string destination, IReadOnlyDictionary<string, int> arrived, int mostDuplicates = int.MaxValue, IReadOnlySet<string>? buried = null)
    {
        string[] accepted = Accepted;
        string[] lost = [.. accepted.Where(id => !arrived.ContainsKey(id) && buried?.Contains(id) != true)];
        string[] invented = [.. arrived.Keys.Where(id => !_sent.ContainsKey(id))];
        int duplicates = arrived.Values.Sum() - arrived.Count;
        output.WriteLine(
            $"{destination}: {accepted.Length} accepted, {arrived.Count} arrived, {duplicates} duplicates, {lost.Length} lost, {invented.Length} never sent");
        Assert.NotEmpty(accepted);
        Assert.Empty(lost);
        Assert.Empty(invented);
        Assert.InRange(duplicates, 0, mostDuplicates);
        return duplicates;
    }

    private async Task LoadAsync(RunningHost host, int batchSize)
    {
        try
        {
            while (true)
                await PostAsync(host, batchSize);
        }
        catch (HttpRequestException)
        {
            // Killed or stopped.
        }
    }
}
