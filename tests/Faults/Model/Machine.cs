using AuditHost.Faults.Disk;

namespace AuditHost.Faults.Model;

/// <summary>A machine with a disk, a clock, and parts of the host that live through crashes together.</summary>
internal sealed class Machine(FaultTally tally, SimulatedDisk disk)
{
    public const string Data = "/data";

    private readonly List<IMachinePart> _parts = [];

    public FaultTally Tally => tally;

    public SimulatedDisk Disk { get; private set; } = disk;

    public ManualClock Clock { get; } = new();

    public Turns Turns { get; } = new();

    /// <summary>Whether a fault lies in the way or has come up: then operations may fail, with the exceptions they are documented to have.</summary>
    public bool MayFail { get; private set; }

    /// <summary>Whether the last start met a fault of the disk.</summary>
    public bool StartMetError { get; private set; }

    /// <summary>Whether syncs lied since the disk was last all right; a power cut may then take anything.</summary>
    public bool Lied { get; private set; }

    /// <summary>Whether a write was reported as done that never happened: what it held may be gone then, but not unnoticed.</summary>
    public bool MayLose { get; private set; }

    /// <summary>Whether nothing more can be said about this machine, because its disk lied and lost power.</summary>
    public bool IsOver { get; private set; }

    public void Add(IMachinePart part) => _parts.Add(part);

    public void Inject(FaultKind kind, int operations, bool sticky)
    {
        MayFail = true;
        Lied |= kind == FaultKind.LyingSync;
        MayLose |= kind == FaultKind.PhantomWrite;
        Disk.Inject(new Fault(kind, Disk.Operations + 1 + operations, sticky));
    }

    /// <summary>Replaces whatever was wrong with the disk.</summary>
    public void Repair()
    {
        Disk.Repair();
        MayFail = false;
    }

    /// <param name="seed">Decides what the disk kept.</param>
    /// <param name="next">A fault in the way of the start that follows: crashes and errors within recovery.</param>
    public void PowerCut(ulong seed, Fault? next = null) => Crash(disk => disk.Crash(seed), powerCut: true, next);

    /// <inheritdoc cref="PowerCut"/>
    public void Kill(ulong seed, Fault? next = null) => Crash(disk => disk.Kill(seed), powerCut: false, next);

    /// <summary>Closes every part as a stop of the host does, and starts again. What fails while closing must not show.</summary>
    public void Reopen()
    {
        Close();
        if (!Disk.IsDown)
            Start(powerCut: false);
    }

    public void Close()
    {
        foreach (IMachinePart part in _parts)
            part.Close();
        JournalModel.Require(Disk.OpenFiles == 0, $"{Disk.OpenFiles} files are still open.");
    }

    /// <summary>Opens every part, however often something fails on the way, and checks all of them.</summary>
    public void Start(bool powerCut)
    {
        StartMetError = false;
        while (!TryOpen())
        {
            if (Disk.IsDown)
            {
                powerCut |= Disk.Operations % 2 == 0;
                Disk = powerCut ? Disk.Crash((ulong)Disk.Operations) : Disk.Kill((ulong)Disk.Operations);
            }

            Repair();
        }

        IsOver = Lied && powerCut;
        Disk.IsWatched = true;
        foreach (IMachinePart part in _parts)
            part.Check(powerCut);
        Disk.IsWatched = false;
    }

    private bool TryOpen()
    {
        int faults = Disk.FaultsFired;
        try
        {
            foreach (IMachinePart part in _parts)
                part.Open();
            return !Disk.IsDown;
        }
        catch (IOException) when (MayFail)
        {
            return false;
        }
        finally
        {
            StartMetError |= Disk.FaultsFired > faults;
            if (Disk.IsDown || !_parts.All(part => part.IsOpen))
                Close();
        }
    }

    private void Crash(Func<SimulatedDisk, SimulatedDisk> crash, bool powerCut, Fault? next)
    {
        SimulatedDisk found = crash(Disk);
        Close();
        Disk = found;
        MayFail = next is not null;
        Lied |= next is { Kind: FaultKind.LyingSync };
        Disk.Inject(next);
        Start(powerCut);
    }
}
