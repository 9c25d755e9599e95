using AuditHost.Journal.Storage;

namespace AuditHost.Faults.Disk;

/// <summary>
/// A disk in memory that keeps apart what the process sees and what a power cut leaves. It counts its operations, fails the one it
/// is told to, and once down does nothing more; <see cref="Crash"/> and <see cref="Kill"/> give the disk that the next start finds.
/// </summary>
/// <param name="seed">Decides whatever a fault leaves to chance.</param>
/// <param name="tally">Takes note of each fault that fires.</param>
internal sealed class SimulatedDisk(ulong seed, FaultTally tally) : IJournalStorage
{
    private const int NoSpaceLeft = 28;
    private const int InputOutput = 5;
    private const int QuotaExceeded = 122;

    private readonly Lock _gate = new();
    private readonly SeededRandom _random = new(seed);
    private SimulatedNames _names = new();
    private Fault? _fault;
    private int _open;

    /// <summary>How many operations there were.</summary>
    public int Operations { get; private set; }

    /// <summary>What each operation was, where somebody wants to know.</summary>
    public List<(DiskOperation Operation, bool Grows)>? Trace { get; init; }

    public bool IsDown { get; private set; }

    /// <summary>While a test looks at what there is, nothing is counted and nothing fails.</summary>
    public bool IsWatched { get; set; }

    /// <summary>How many operations a fault has come up in.</summary>
    public int FaultsFired { get; private set; }

    /// <summary>Files that are open.</summary>
    public int OpenFiles => Volatile.Read(ref _open);

    /// <summary>Bytes read so far; for tests that reading comes to an end.</summary>
    public long BytesRead { get; private set; }

    public VolumeSpace Space { get; set; } = new(1L << 40, 1L << 39);

    public IReadOnlyDictionary<string, SimulatedFile> Files => _names.Seen;

    public void Inject(Fault? fault) => _fault = fault;

    /// <summary>The same disk, sound again.</summary>
    public void Repair() => _fault = null;

    /// <summary>Puts a file there as if it had always been.</summary>
    public void Place(string path, ReadOnlySpan<byte> bytes) => _names.Place(path, SimulatedFile.Of(bytes));

    /// <summary>The disk as found after a power cut.</summary>
    public SimulatedDisk Crash(ulong crashSeed)
    {
        lock (_gate)
        {
            IsDown = true;
            tally.Count(FaultClass.PowerCut);
            var random = new SeededRandom(crashSeed);
            var found = new SimulatedDisk(NextSeed(crashSeed), tally) { Space = Space };
            foreach ((string path, SimulatedFile file) in _names.AfterPowerCut(random, tally))
                found._names.Place(path, file.AfterPowerCut(random, tally));
            return found;
        }
    }

    /// <summary>The disk as found after the process alone was killed: all it wrote is there, and still not durable.</summary>
    public SimulatedDisk Kill(ulong nextSeed)
    {
        lock (_gate)
        {
            IsDown = true;
            tally.Count(FaultClass.ProcessKilled);
            return new SimulatedDisk(NextSeed(nextSeed), tally) { Space = Space, _names = _names };
        }
    }

    public void CreateDirectory(string path)
    {
        lock (_gate)
            Leave(Enter(DiskOperation.CreateDirectory));
    }

    public IReadOnlyList<StoredFile> List(string directory)
    {
        lock (_gate)
        {
            Fault? fault = Enter(DiskOperation.List);
            IReadOnlyList<StoredFile> files = _names.List(directory);
            Leave(fault);
            return files;
        }
    }

    public IJournalFile Create(string path)
    {
        lock (_gate)
        {
            Fault? fault = Enter(DiskOperation.Create);
            if (_names.TryGet(path, out _))
                throw new IOException($"The file '{path}' already exists.");
            var file = new SimulatedFile();
            _names.Set(path, file);
            Leave(fault);
            _open++;
            return new SimulatedHandle(this, file, writable: true);
        }
    }

    public IJournalFile Open(string path, bool writable)
    {
        lock (_gate)
        {
            Fault? fault = Enter(DiskOperation.Open);
            if (!_names.TryGet(path, out SimulatedFile? file))
                throw new FileNotFoundException($"Could not find file '{path}'.", path);
            Leave(fault);
            _open++;
            return new SimulatedHandle(this, file!, writable);
        }
    }

    public void Delete(string path)
    {
        lock (_gate)
        {
            Fault? fault = Enter(DiskOperation.Delete);
            if (_names.TryGet(path, out _))
                _names.Set(path, null);
            Leave(fault);
        }
    }

    public void SyncDirectory(string path)
    {
        lock (_gate)
        {
            Fault? fault = Enter(DiskOperation.SyncDirectory);
            if (fault is not { Kind: FaultKind.LyingSync })
                _names.Sync(path);
            Leave(fault);
        }
    }

    public VolumeSpace SpaceOf(string directory)
    {
        lock (_gate)
        {
            Leave(Enter(DiskOperation.SpaceOf));
            return Space;
        }
    }

    public void Write(SimulatedFile file, ReadOnlySpan<byte> bytes, long offset)
    {
        lock (_gate)
        {
            Fault? fault = Enter(DiskOperation.Write, grows: offset + bytes.Length > file.Length);
            if (fault is { Kind: FaultKind.ShortWrite })
            {
                file.Write(bytes[.._random.Below(bytes.Length)], offset);
                throw NoSpace();
            }

            if (fault is not { Kind: FaultKind.PhantomWrite })
                file.Write(bytes, offset);
            Leave(fault);
        }
    }

    public int Read(SimulatedFile file, Span<byte> buffer, long offset)
    {
        lock (_gate)
        {
            Fault? fault = Enter(DiskOperation.Read);
            int read = file.Read(buffer, offset);
            BytesRead += read;
            Leave(fault);
            return read;
        }
    }

    public void Reserve()
    {
        lock (_gate)
            Leave(Enter(DiskOperation.Reserve));
    }

    public void Truncate(SimulatedFile file, long length)
    {
        lock (_gate)
        {
            Fault? fault = Enter(DiskOperation.Truncate);
            file.Cut(length);
            Leave(fault);
        }
    }

    public void Sync(SimulatedFile file)
    {
        lock (_gate)
        {
            Fault? fault = Enter(DiskOperation.Sync, grows: false, failing: file);
            if (fault is not { Kind: FaultKind.LyingSync })
                file.Sync();
            Leave(fault);
        }
    }

    public void Closed() => Interlocked.Decrement(ref _open);

    /// <summary>Counts an operation and lets the fault happen that is due before it.</summary>
    private Fault? Enter(DiskOperation operation, bool grows = false, SimulatedFile? failing = null)
    {
        if (IsDown)
            throw new DiskIsDownException();
        if (IsWatched)
            return null;
        Operations++;
        Trace?.Add((operation, grows));
        if (_fault is not { } fault || Operations < fault.At || !fault.AppliesTo(operation, grows))
            return null;
        if (!fault.Sticky)
            _fault = null;
        FaultsFired++;
        tally.Count(fault);
        switch (fault.Kind)
        {
            case FaultKind.Eio:
                failing?.FailSync(_random, tally);
                throw new IOException("Input/output error", InputOutput);
            case FaultKind.Enospc:
                throw NoSpace();
            case FaultKind.Edquot:
                throw new IOException("Disk quota exceeded", QuotaExceeded);
            case FaultKind.CrashBefore:
                IsDown = true;
                throw new DiskIsDownException();
            default:
                return fault;
        }
    }

    private void Leave(Fault? fault)
    {
        if (fault is not { Kind: FaultKind.CrashAfter })
            return;
        IsDown = true;
        throw new DiskIsDownException();
    }

    /// <summary>Chance goes on from where it is, whatever seed is given: the same numbers again would let the same things happen before and after.</summary>
    private ulong NextSeed(ulong given) => given ^ _random.Next();

    private static IOException NoSpace() => new("No space left on device", NoSpaceLeft);
}
