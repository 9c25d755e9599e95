using System.Buffers.Text;
using System.Text;
using AuditHost.Intake;

namespace AuditHost.Faults.Simulation;

/// <summary>Events that are told apart by a number, which also says all of their bytes and what is peculiar about them.</summary>
internal static class SimulatedEvents
{
    private const string Start = """{"number":""";

    private static readonly string[] Types = ["SecurityEvent", "AccessEvent", "ConfigurationChange", "PerformanceMeasurement"];

    private static readonly byte[]?[] Known = new byte[4096][];

    public static byte[] JsonOf(int number) => number < Known.Length ? Known[number] ??= Make(number) : Make(number);

    public static string TypeOf(int number) => Types[number / 2 % Types.Length];

    public static IReadOnlyList<string> AllTypes => Types;

    /// <summary>Whether its sender gave it an id, without which nobody can tell it from its repetition.</summary>
    public static bool HasId(int number) => number % 13 != 5;

    /// <summary>A large one, which covers pages; others cover sectors.</summary>
    public static bool IsLarge(int number) => number % 29 == 0;

    public static IntakeBatch BatchOf(IEnumerable<int> numbers)
    {
        var batch = new IntakeBatch();
        foreach (int number in numbers)
        {
            byte[] json = JsonOf(number);
            if (!EventParser.TryParse(json, out EventIndex index, out EventError? error))
                throw new SimulationFailedException($"Not an event: {error!.Reason}");
            batch.Add(json, index);
        }

        return batch;
    }

    /// <summary>The number of an event that came back; <see langword="null"/> for bytes that nobody sent.</summary>
    public static int? NumberOf(ReadOnlySpan<byte> json) =>
        Utf8Parser.TryParse(json[Math.Min(Start.Length, json.Length)..], out int number, out _) && json.SequenceEqual(JsonOf(number)) ? number : null;

    private static byte[] Make(int number)
    {
        int padding = IsLarge(number) ? 5000 : number % 5 == 0 ? 700 : number % 3 * 40;
        string id = HasId(number) ? $"\"event_id\":\"e-{number}\"," : "";
        return Encoding.UTF8.GetBytes($$"""{{Start}}{{number}},{{id}}"event_type":"{{TypeOf(number)}}","pad":"{{new string('x', padding)}}"}""");
    }
}
