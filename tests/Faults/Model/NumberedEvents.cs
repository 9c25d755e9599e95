using System.Buffers.Text;
using System.Text;
using AuditHost.Intake;

namespace AuditHost.Faults.Model;

/// <summary>Events that are told apart by a number, which also says all of their bytes.</summary>
internal static class NumberedEvents
{
    private const string Start = """{"event_id":"e-""";

    private static readonly byte[]?[] Known = new byte[4096][];

    public static byte[] JsonOf(int number)
    {
        if (number >= Known.Length)
            return Make(number);
        return Known[number] ??= Make(number);
    }

    public static IntakeBatch BatchOf(int first, int count)
    {
        var batch = new IntakeBatch();
        for (int number = first; number < first + count; number++)
        {
            byte[] json = JsonOf(number);
            Assert.True(EventParser.TryParse(json, out EventIndex index, out _));
            batch.Add(json, index);
        }

        return batch;
    }

    /// <summary>The number of an event that came back. Bytes that were never sent have none.</summary>
    public static int NumberOf(ReadOnlySpan<byte> json)
    {
        bool known = Utf8Parser.TryParse(json[Math.Min(Start.Length, json.Length)..], out int number, out _) && json.SequenceEqual(JsonOf(number));
        return known ? number : throw new ModelViolationException("An event came back with bytes that nobody sent.");
    }

    /// <summary>Most are small, some cover sectors, a few cover pages: a write is torn within records as well as between them.</summary>
    private static byte[] Make(int number)
    {
        int padding = number % 29 == 0 ? 5000 : number % 5 == 0 ? 700 : number % 3 * 40;
        return Encoding.UTF8.GetBytes($$"""{{Start}}{{number}}","event_type":"Test","pad":"{{new string('x', padding)}}"}""");
    }
}
