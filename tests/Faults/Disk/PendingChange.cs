namespace AuditHost.Faults.Disk;

/// <summary>Something written or cut that no sync has covered yet.</summary>
/// <param name="Offset">Where it was written; the new length of a file that was cut.</param>
/// <param name="Length">How much was written; negative for a cut.</param>
/// <param name="BytesAt">Where the bytes lie in the file's arena.</param>
internal readonly record struct PendingChange(int Offset, int Length, int BytesAt)
{
    public bool IsCut => Length < 0;

    public int End => Offset + Length;
}
