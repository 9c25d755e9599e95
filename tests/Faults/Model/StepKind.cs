namespace AuditHost.Faults.Model;

/// <summary>What a sequence is made of.</summary>
internal enum StepKind
{
    /// <summary>Events for the journal, or letters for the dead letters' store.</summary>
    Append,

    /// <summary>Part of a block to a destination and its cursor forward, or letters resolved.</summary>
    Deliver,

    /// <summary>One beat of what runs in the background.</summary>
    Tick,

    /// <summary>Time goes by and old segments go.</summary>
    Retain,

    /// <summary>One more destination.</summary>
    OpenLane,

    /// <summary>Closed and opened again.</summary>
    Reopen,

    /// <summary>The process dies, the machine does not.</summary>
    Kill,

    /// <summary>The machine loses power.</summary>
    PowerCut,

    /// <summary>A fault is laid in the way of an operation to come.</summary>
    Fault,

    /// <summary>The disk is sound again.</summary>
    Repair,
}
