using AuditHost.Configuration.Options;
using AuditHost.Faults.Disk;
using AuditHost.Faults.Model;

namespace AuditHost.Faults.EveryOperation;

/// <summary>200 events through journal, two cursors, retention, dead letters, a stop and a start: the same operations each time.</summary>
internal sealed class Scenario
{
    public const int Events = 200;

    private const int EventsPerGroup = 4;
    private const string Siem = "siem";
    private const string Archive = "archive";

    private readonly JournalPart _journal;
    private readonly DeadLetterPart _letters;

    public Scenario(FaultTally tally, ulong seed)
    {
        Disk = new SimulatedDisk(seed, tally) { Trace = [] };
        Machine = new Machine(tally, Disk);
        var options = new JournalOptions { ReserveBytes = 0, TailBytes = 1, Retain = TimeSpan.FromMinutes(1), SegmentBytes = 9000 };
        _journal = new JournalPart(Machine, options);
        _letters = new DeadLetterPart(Machine, segmentBytes: 4000);
        Machine.Add(_journal);
        Machine.Add(_letters);
    }

    /// <summary>The disk it begins on; a crash gives the machine another one.</summary>
    public SimulatedDisk Disk { get; }

    public Machine Machine { get; }

    /// <param name="whenDown">What is done where a fault brought the machine down. The steps after that one go on.</param>
    public void Run(Action<Machine> whenDown)
    {
        Do(() => Machine.Start(powerCut: false));
        for (int group = 1; group <= Events / EventsPerGroup; group++)
        {
            Do(() => OpenLane(Siem));
            Do(() => OpenLane(Archive));
            Do(() => _journal.Append(EventsPerGroup));
            Do(() => _journal.Deliver(Siem, EventsPerGroup));
            if (group % 3 == 0)
                Do(() => _journal.Deliver(Archive, int.MaxValue));
            if (group % 5 == 0)
                Do(() => _journal.Run(new Step(StepKind.Tick, 0, 0)));
            if (group % 6 == 0)
                Do(() => _letters.Add(2));
            if (group % 18 == 0)
                Do(() => _letters.Resolve(5));
            if (group % 20 == 0)
                Do(() => _journal.Run(new Step(StepKind.Retain, 0, 0)));
            if (group % 24 == 0)
                Do(Machine.Reopen);
        }

        void Do(Action step)
        {
            step();
            if (Machine.Disk.IsDown)
                whenDown(Machine);
        }
    }

    /// <summary>What could not be opened before is tried again.</summary>
    private void OpenLane(string name)
    {
        if (!_journal.Model.Lanes.ContainsKey(name))
            _journal.OpenLane(name);
    }

    /// <summary>On a sound disk everything comes out: each lane gets what it has not got yet.</summary>
    public void Finish()
    {
        Machine.Repair();
        if (!Machine.IsOver)
        {
            _journal.Finish();
            _letters.Finish();
        }

        Machine.Close();
    }
}
