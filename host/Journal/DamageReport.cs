namespace AuditHost.Journal;

/// <summary>Something of the journal's files that is not as it was written.</summary>
/// <param name="File">The file.</param>
/// <param name="Offset">Where in it the damage begins.</param>
/// <param name="First">The first event that cannot be read.</param>
/// <param name="Next">The first event after the damage; equal to <paramref name="First"/> where no event is lost.</param>
/// <param name="Reason">For the operator, in one sentence.</param>
internal sealed record DamageReport(string File, long Offset, ulong First, ulong Next, string Reason)
{
    public ulong LostEvents => Next - First;

    /// <summary>How many bytes are damaged; 0 where they are not there.</summary>
    public long Length { get; init; }

    /// <summary>The damaged bytes, where the file is about to be written anew.</summary>
    public byte[]? Bytes { get; init; }
}
