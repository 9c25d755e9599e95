namespace AuditHost.Journal.Quarantine;

/// <summary>What a quarantine holds.</summary>
/// <param name="Folder">Where.</param>
/// <param name="Pieces">Damaged places.</param>
/// <param name="Bytes">What the files take.</param>
/// <param name="LostEvents">Events that could not be read, each counted once.</param>
/// <param name="Removed">Older pieces that went to make room.</param>
internal sealed record QuarantineSummary(string Folder, int Pieces, long Bytes, ulong LostEvents, long Removed)
{
    /// <summary>Looks at a quarantine that nobody writes to.</summary>
    /// <returns><see langword="null"/> where there is nothing in it.</returns>
    public static QuarantineSummary? Read(string logDirectory, Storage.IJournalStorage storage)
    {
        string folder = Path.Combine(logDirectory, QuarantineFolder.Name);
        var lost = new SequenceRanges();
        (int pieces, long bytes, long removed) = (0, 0, 0);
        foreach ((_, _, long length, QuarantinePiece? piece) in QuarantineFolder.Read(folder, storage))
        {
            if (piece is null)
                continue;
            pieces++;
            bytes += length;
            removed = Math.Max(removed, piece.Removed);
            lost.Add(piece.First, piece.Next);
        }

        return pieces == 0 ? null : new QuarantineSummary(folder, pieces, bytes, lost.Count, removed);
    }
}
