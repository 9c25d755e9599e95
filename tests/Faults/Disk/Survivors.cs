namespace AuditHost.Faults.Disk;

/// <summary>
/// Decides what of the unsynced changes of a file reaches the disk when the power goes: each one not at all, wholly, up to a sector,
/// or in any of its sectors, whatever became of those before it. Sectors of 512 bytes or of 4 KiB are written whole.
/// </summary>
internal static class Survivors
{
    private const int Fates = 4;

    public static void Land(SimulatedFile file, List<PendingChange> changes, SimulatedContent disk, SeededRandom random, FaultTally tally)
    {
        int sector = random.OneIn(2) ? 512 : 4096;
        bool lostBefore = false;
        foreach (PendingChange change in changes)
        {
            int fate = random.Below(Fates);
            if (fate == 0)
            {
                lostBefore = true;
                tally.Count(FaultClass.WriteLost);

                // The new length can be there without the bytes: they are zeros then.
                if (!change.IsCut && random.OneIn(4))
                    disk.Extend(change.End);
                continue;
            }

            if (lostBefore)
                tally.Count(FaultClass.WritesReordered);
            if (change.IsCut)
                disk.Cut(change.Offset);
            else if (fate == 1 || change.Offset / sector == (change.End - 1) / sector)
                Keep(file, change, disk, tally);
            else
                Tear(file, change, disk, sector, prefix: fate == 2, random, tally);
        }
    }

    private static void Keep(SimulatedFile file, in PendingChange change, SimulatedContent disk, FaultTally tally)
    {
        disk.Write(file.BytesOf(change), change.Offset);
        tally.Count(FaultClass.WriteKept);
    }

    private static void Tear(
        SimulatedFile file, in PendingChange change, SimulatedContent disk, int sector, bool prefix, SeededRandom random, FaultTally tally)
    {
        ReadOnlySpan<byte> bytes = file.BytesOf(change);
        bool torn = false;
        for (int start = change.Offset, end; start < change.End; start = end)
        {
            end = Math.Min((start / sector * sector) + sector, change.End);
            bool lost = random.OneIn(2);
            torn |= lost;
            if (lost && prefix)
                break;
            if (!lost)
                disk.Write(bytes[(start - change.Offset)..(end - change.Offset)], start);
        }

        tally.Count(!torn ? FaultClass.WriteKept : sector == 512 ? FaultClass.WriteTornAt512 : FaultClass.WriteTornAt4096);
    }
}
