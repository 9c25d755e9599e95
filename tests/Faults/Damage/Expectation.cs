namespace AuditHost.Faults.Damage;

/// <summary>What a damaged log must show, and must say.</summary>
/// <param name="Next">The number its next record gets.</param>
/// <param name="Survives">Whether a record is to be read back.</param>
/// <param name="Reported">Whether damage is to be reported; <see langword="null"/> where both are right.</param>
internal sealed record Expectation(ulong Next, Func<ulong, bool> Survives, bool? Reported)
{
    /// <summary>The first number the log knows of; what lies before went by retention as far as it can tell.</summary>
    public ulong First { get; init; } = 1;

    /// <summary>Whether the first start mends what is damaged, so that the next one has nothing to report.</summary>
    public bool Mended { get; init; }

    /// <summary>The same after the first start.</summary>
    public Expectation Again() => this with { Reported = Reported is true && !Mended ? true : null };

    /// <summary>What must be reported as lost, exactly.</summary>
    public List<(ulong First, ulong Next)> Lost()
    {
        var lost = new List<(ulong, ulong)>();
        ulong from = 0;
        for (ulong sequence = First; sequence <= Next; sequence++)
        {
            bool gone = sequence < Next && !Survives(sequence);
            if (gone && from == 0)
                from = sequence;
            if (gone || from == 0)
                continue;
            lost.Add((from, sequence));
            from = 0;
        }

        return lost;
    }
}
