namespace AuditHost.Faults.Model;

/// <summary>One step of a sequence. It says everything that happens in it, so that a sequence is the same each time it is run.</summary>
/// <param name="Kind">What happens.</param>
/// <param name="Choice">How much, to whom, or which fault.</param>
/// <param name="Seed">Decides what is left to chance.</param>
internal readonly record struct Step(StepKind Kind, int Choice, int Seed)
{
    public override string ToString() => $"{Kind}({Choice}, {Seed})";
}
