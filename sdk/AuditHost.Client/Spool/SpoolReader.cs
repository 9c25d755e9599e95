namespace AuditHost.Client.Spool;

/// <summary>Reads the lines of one file of the spool, which may still grow.</summary>
internal sealed class SpoolReader(string path) : IDisposable
{
    private const int ChunkBytes = 64 << 10;

    private readonly FileStream _file = new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
    private readonly List<ReadOnlyMemory<byte>> _peeked = [];
    private long _position;

    /// <summary>Whether everything that was written so far has been taken out.</summary>
    public bool IsAtEnd => _position >= _file.Length;

    public static long EndOfLastLine(FileStream file)
    {
        byte[] chunk = new byte[ChunkBytes];
        for (long end = file.Length; end > 0;)
        {
            int length = (int)Math.Min(end, chunk.Length);
            file.Position = end - length;
            file.ReadExactly(chunk, 0, length);
            int last = chunk.AsSpan(0, length).LastIndexOf((byte)'\n');
            if (last >= 0)
                return end - length + last + 1;
            end -= length;
        }

        return 0;
    }

    /// <summary>The next lines, at least one where there is any.</summary>
    public IReadOnlyList<ReadOnlyMemory<byte>> Peek(int maxEvents, int maxBytes)
    {
        _peeked.Clear();
        byte[] buffer = new byte[(int)Math.Min(Math.Max(maxBytes, ChunkBytes), _file.Length - _position)];
        int length = Read(buffer, 0);
        while (length > 0 && buffer.AsSpan(0, length).IndexOf((byte)'\n') < 0 && length < _file.Length - _position)
        {
            // One event is longer than all that is wanted at once.
            Array.Resize(ref buffer, (int)Math.Min(2L * buffer.Length, _file.Length - _position));
            length += Read(buffer, length);
        }

        int start = 0;
        while (_peeked.Count < maxEvents && buffer.AsSpan(start, length - start).IndexOf((byte)'\n') is >= 0 and var line)
        {
            _peeked.Add(buffer.AsMemory(start, line));
            start += line + 1;
        }

        return _peeked;
    }

    /// <summary>Goes on behind so many of the lines.</summary>
    /// <returns>How many bytes they had.</returns>
    public long Advance(int events)
    {
        long bytes = _peeked.Take(events).Sum(line => line.Length + 1L);
        _position += bytes;
        return bytes;
    }

    public void Dispose() => _file.Dispose();

    private int Read(byte[] buffer, int from)
    {
        _file.Position = _position + from;
        return _file.ReadAtLeast(buffer.AsSpan(from), buffer.Length - from, throwOnEndOfStream: false);
    }
}
