namespace AuditHost.Intake.Http;

/// <summary>An event per line. Blank lines and carriage returns are let pass.</summary>
internal static class LineSplitter
{
    public static void Split(ReadOnlySpan<byte> body, EventCollector events)
    {
        int start = 0;
        while (start < body.Length)
        {
            int length = body[start..].IndexOf((byte)'\n');
            int end = length < 0 ? body.Length : start + length;
            int first = JsonSpace.Skip(body[..end], start);
            if (first < end)
                events.Add(first, body[first..end].TrimEnd(JsonSpace.Bytes).Length);
            start = end + 1;
        }
    }
}
