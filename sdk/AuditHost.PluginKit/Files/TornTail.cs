using System.Buffers;

namespace AuditHost.PluginKit.Files;

/// <summary>
/// Finds the half line that a crash left at the end of a file. It belongs to a batch that was never acknowledged and comes
/// again, so it can go; but a file without line feeds is not ours to cut.
/// </summary>
internal static class TornTail
{
    private const int Step = 64 * 1024;
    private const int LongestTail = 8 << 20;

    /// <summary>The length up to the last line feed, or <see langword="null"/> where there is none within reach of the end.</summary>
    public static long? WholeLength(OpenFile file)
    {
        if (file.Length == 0)
            return 0;
        byte[] buffer = ArrayPool<byte>.Shared.Rent(Step);
        try
        {
            for (long end = file.Length; end > 0 && file.Length - end < LongestTail;)
            {
                long start = Math.Max(0, end - Step);
                Span<byte> part = buffer.AsSpan(0, (int)(end - start));
                int read = RandomAccess.Read(file.Handle, part, start);
                int lineFeed = part[..read].LastIndexOf((byte)'\n');
                if (lineFeed >= 0)
                    return start + lineFeed + 1;
                end = start;
            }

            return null;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
