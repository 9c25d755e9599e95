namespace AuditHost.Faults.Disk;

/// <summary>Bytes that grow as they are written; what was never written is zero.</summary>
internal sealed class SimulatedContent
{
    private byte[] _bytes = [];

    public int Length { get; private set; }

    public ReadOnlySpan<byte> Bytes => _bytes.AsSpan(0, Length);

    public void Write(ReadOnlySpan<byte> bytes, int offset)
    {
        Extend(offset + bytes.Length);
        bytes.CopyTo(_bytes.AsSpan(offset));
    }

    public void Extend(int length)
    {
        if (length <= Length)
            return;
        if (length > _bytes.Length)
            Array.Resize(ref _bytes, Math.Max(length, Math.Max(1024, _bytes.Length * 2)));
        Length = length;
    }

    public void Cut(int length)
    {
        if (length >= Length)
        {
            Extend(length);
            return;
        }

        _bytes.AsSpan(length, Length - length).Clear();
        Length = length;
    }
}
