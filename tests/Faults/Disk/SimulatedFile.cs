namespace AuditHost.Faults.Disk;

/// <summary>A file's content as the process sees it, as the disk holds it, and what lies between the two.</summary>
internal sealed class SimulatedFile
{
    private readonly SimulatedContent _seen = new();
    private readonly List<PendingChange> _pending = [];
    private readonly SimulatedContent _durable = new();
    private byte[] _arena = [];
    private int _arenaUsed;

    public int Length => _seen.Length;

    public ReadOnlySpan<byte> Bytes => _seen.Bytes;

    /// <summary>A file that is durable as it is.</summary>
    public static SimulatedFile Of(ReadOnlySpan<byte> bytes)
    {
        var file = new SimulatedFile();
        file._seen.Write(bytes, 0);
        file._durable.Write(bytes, 0);
        return file;
    }

    public int Read(Span<byte> buffer, long offset)
    {
        if (offset >= Length)
            return 0;
        ReadOnlySpan<byte> rest = Bytes[(int)offset..];
        rest = rest[..Math.Min(rest.Length, buffer.Length)];
        rest.CopyTo(buffer);
        return rest.Length;
    }

    public void Write(ReadOnlySpan<byte> bytes, long offset)
    {
        _seen.Write(bytes, (int)offset);
        if (_arenaUsed + bytes.Length > _arena.Length)
            Array.Resize(ref _arena, Math.Max(_arenaUsed + bytes.Length, Math.Max(1024, _arena.Length * 2)));
        bytes.CopyTo(_arena.AsSpan(_arenaUsed));
        _pending.Add(new PendingChange((int)offset, bytes.Length, _arenaUsed));
        _arenaUsed += bytes.Length;
    }

    public void Cut(long length)
    {
        _seen.Cut((int)length);
        _pending.Add(new PendingChange((int)length, -1, 0));
    }

    public void Sync()
    {
        foreach (PendingChange change in _pending)
            Apply(change, _durable);
        Forget();
    }

    /// <summary>A sync that fails: what it did not get onto the disk is never tried again, though the process still sees it.</summary>
    public void FailSync(SeededRandom random, FaultTally tally)
    {
        if (_pending.Count == 0)
            return;
        Survivors.Land(this, _pending, _durable, random, tally);
        tally.Count(FaultClass.SyncFailedHalfway);
        Forget();
    }

    /// <summary>The file as found after a power cut.</summary>
    public SimulatedFile AfterPowerCut(SeededRandom random, FaultTally tally)
    {
        Survivors.Land(this, _pending, _durable, random, tally);
        return Of(_durable.Bytes);
    }

    public ReadOnlySpan<byte> BytesOf(in PendingChange change) => _arena.AsSpan(change.BytesAt, change.Length);

    private void Apply(in PendingChange change, SimulatedContent content)
    {
        if (change.IsCut)
            content.Cut(change.Offset);
        else
            content.Write(BytesOf(change), change.Offset);
    }

    private void Forget()
    {
        _pending.Clear();
        _arenaUsed = 0;
    }
}
