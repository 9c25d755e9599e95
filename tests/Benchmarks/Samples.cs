using AuditHost.Intake;

namespace AuditHost.Benchmarks;

/// <summary>The lean events of <c>host/samples/events.jsonl</c>.</summary>
internal static class Samples
{
    public static string Root { get; } = FindRoot();

    public static byte[][] Events { get; } =
        [.. File.ReadLines(Path.Combine(Root, "host", "samples", "events.jsonl")).Select(System.Text.Encoding.UTF8.GetBytes)];

    public static ParsedEvent[] Parsed() => [.. Events.Select((json, number) => Parse(new ParsedEvent(), json, (ulong)number + 1))];

    public static ParsedEvent Parse(ParsedEvent target, byte[] json, ulong sequence)
    {
        if (!EventParser.TryParse(json, out EventIndex index, out EventError? error))
            throw new InvalidDataException(error!.Reason);
        target.Set(json, index, sequence, DateTime.UnixEpoch.Ticks, null);
        return target;
    }

    public static IntakeBatch Batch(int count)
    {
        var batch = new IntakeBatch();
        for (int number = 0; number < count; number++)
        {
            byte[] json = Events[number % Events.Length];
            if (!EventParser.TryParse(json, out EventIndex index, out EventError? error))
                throw new InvalidDataException(error!.Reason);
            batch.Add(json, index);
        }

        return batch;
    }

    private static string FindRoot()
    {
        string? folder = AppContext.BaseDirectory;
        while (folder is not null && !File.Exists(Path.Combine(folder, "AuditHost.sln")))
            folder = Path.GetDirectoryName(folder);
        return folder ?? throw new DirectoryNotFoundException("AuditHost.sln is in no folder above the benchmarks; run them from the source tree.");
    }
}
