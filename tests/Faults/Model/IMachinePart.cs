namespace AuditHost.Faults.Model;

/// <summary>A part of the host on a machine.</summary>
internal interface IMachinePart
{
    /// <summary>Ends it, on a sound disk or a dead one.</summary>
    void Close();

    bool IsOpen { get; }

    /// <summary>Opens it. On a sound disk that works.</summary>
    void Open();

    /// <summary>Compares all it shows after a start with its model.</summary>
    void Check(bool powerCut);

    /// <summary>Runs a step that concerns this part.</summary>
    void Run(in Step step);

    /// <summary>Ends the sequence: whatever was held back comes out.</summary>
    void Finish();
}
