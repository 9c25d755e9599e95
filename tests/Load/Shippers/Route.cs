namespace AuditHost.Load;

/// <summary>The way that events go through a shipper.</summary>
/// <param name="Folder">Where it keeps its configuration and data.</param>
/// <param name="Input">How events come in.</param>
/// <param name="Port">Where it listens for them, unless they come in a file.</param>
/// <param name="Targets">Where every event goes to.</param>
internal sealed record Route(string Folder, InputKind Input, int Port, IReadOnlyList<Target> Targets)
{
    /// <summary>The file that is followed where events come in a file. It is there before the shipper starts.</summary>
    public string InputPath => Path.Combine(Folder, "input.jsonl");

    /// <summary>The port, where the way in has one.</summary>
    public int? ListeningPort => Input is InputKind.File or InputKind.StandardInput ? null : Port;
}
