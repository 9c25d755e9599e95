namespace AuditHost.Faults.Damage;

/// <summary>The bytes of a file, copied when they are first written to.</summary>
internal sealed class MemoryFile(byte[] bytes, int length)
{
    private byte[] _bytes = bytes;
    private bool _shared = true;

    public int Length { get; private set; } = length;

    public ReadOnlySpan<byte> Bytes => _bytes.AsSpan(0, Length);

    /// <summary>The bytes, for a second file to begin with.</summary>
    public byte[] Share()
    {
        _shared = true;
        return _bytes;
    }

    public void Write(ReadOnlySpan<byte> bytes, int offset)
    {
        int end = offset + bytes.Length;
        Own(end);
        if (offset > Length)
            _bytes.AsSpan(Length, offset - Length).Clear();
        bytes.CopyTo(_bytes.AsSpan(offset));
        Length = Math.Max(Length, end);
    }

    public void Truncate(int length)
    {
        if (length > Length)
        {
            Own(length);
            _bytes.AsSpan(Length, length - Length).Clear();
        }

        Length = length;
    }

    private void Own(int room)
    {
        if (!_shared && room <= _bytes.Length)
            return;
        byte[] own = new byte[Math.Max(room, Length)];
        Bytes.CopyTo(own);
        (_bytes, _shared) = (own, false);
    }
}
