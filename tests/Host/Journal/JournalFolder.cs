using System.Globalization;
using System.Text;
using AuditHost.Configuration.Options;
using AuditHost.Intake;
using AuditHost.Journal;
using AuditHost.Journal.Storage;

namespace AuditHost.Tests.Journal;

/// <summary>A journal's folder for one test, and what the tests do with it again and again.</summary>
internal sealed class JournalFolder : IDisposable
{
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public string Path { get; } = Directory.CreateTempSubdirectory("audithost-journal-").FullName;

    public JournalOptions Options { get; init; } = new() { ReserveBytes = 0 };

    public TimeProvider Time { get; init; } = TimeProvider.System;

    public string[] Segments => [.. Directory.GetFiles(Path, "*.log").Order(StringComparer.Ordinal)];

    public EventJournal Open(IJournalStorage? storage = null) =>
        EventJournal.Open(Path, Options, Time, storage ?? DiskStorage.Instance);

    public static string JsonOf(int number, int padding = 0) =>
        string.Create(CultureInfo.InvariantCulture, $$"""{"event_id":"e-{{number}}","event_type":"Test","severity":"High","pad":"{{new string('x', padding)}}"}""");

    public static IntakeBatch BatchOf(int first, int count, int padding = 0)
    {
        var batch = new IntakeBatch();
        for (int number = first; number < first + count; number++)
        {
            byte[] json = Encoding.UTF8.GetBytes(JsonOf(number, padding));
            Assert.True(EventParser.TryParse(json, out EventIndex index, out _));
            batch.Add(json, index);
        }

        return batch;
    }

    public static async Task<AppendReceipt> AppendAsync(EventJournal journal, int first, int count, int padding = 0) =>
        await journal.AppendAsync(BatchOf(first, count, padding), TestContext.Current.CancellationToken).AsTask().WaitAsync(Patience);

    /// <summary>Appends events of the test's own as one request.</summary>
    public static async Task<AppendReceipt> AppendAsync(EventJournal journal, params IEnumerable<string> events)
    {
        var batch = new IntakeBatch();
        foreach (string text in events)
        {
            byte[] json = Encoding.UTF8.GetBytes(text);
            Assert.True(EventParser.TryParse(json, out EventIndex index, out EventError? error), error?.Reason);
            batch.Add(json, index);
        }

        return await journal.AppendAsync(batch, TestContext.Current.CancellationToken).AsTask().WaitAsync(Patience);
    }

    /// <summary>Everything that can be read, by sequence number.</summary>
    public static SortedDictionary<ulong, string> ReadAll(Func<ulong, EventBlock?> read, ulong from = 1)
    {
        var events = new SortedDictionary<ulong, string>();
        while (read(from) is { } block)
        {
            Assert.True(block.NextSequence > from, "Reading must move forward.");
            for (int index = 0; index < block.Count; index++)
                events.Add(block[index].Sequence, Encoding.UTF8.GetString(block[index].Json.Span));
            from = block.NextSequence;
            block.Release();
        }

        return events;
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
