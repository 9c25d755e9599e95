namespace AuditHost.Load;

/// <summary>Collects what a stream gives and hands on whole lines.</summary>
internal sealed class LineBuffer(Ledger ledger)
{
    private readonly byte[] _buffer = new byte[1 << 20];
    private int _filled;

    public Memory<byte> Space => _buffer.AsMemory(_filled);

    public void Advance(int count)
    {
        int end = _buffer.AsSpan(_filled, count).LastIndexOf((byte)'\n');
        int lines = end < 0 ? 0 : _filled + end + 1;
        _filled += count;
        if (lines == 0)
            return;
        ledger.Take(_buffer.AsSpan(0, lines));
        _buffer.AsSpan(lines, _filled - lines).CopyTo(_buffer);
        _filled -= lines;
    }
}
