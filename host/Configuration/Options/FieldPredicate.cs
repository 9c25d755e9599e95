namespace AuditHost.Configuration.Options;

/// <summary>A condition on an event's fields.</summary>
internal abstract record FieldPredicate
{
    internal sealed record All(IReadOnlyList<FieldPredicate> Conditions) : FieldPredicate;

    internal sealed record Any(IReadOnlyList<FieldPredicate> Conditions) : FieldPredicate;

    internal sealed record Not(FieldPredicate Condition) : FieldPredicate;

    /// <summary>The value, or any element of an array, is this text.</summary>
    internal sealed record EqualTo(string Path, string Value) : FieldPredicate;

    /// <summary>The value, or any element of an array, is one of these texts.</summary>
    internal sealed record In(string Path, IReadOnlyList<string> Values) : FieldPredicate;

    /// <summary>The value, or any element of an array, matches the regular expression (linear time, no backtracking).</summary>
    internal sealed record Matches(string Path, string Pattern) : FieldPredicate;

    /// <summary>The member is there and not <c>null</c>, or is not.</summary>
    internal sealed record Exists(string Path, bool Expected) : FieldPredicate;

    /// <summary>The value is a number and compares so.</summary>
    internal sealed record Compare(string Path, Comparison Comparison, double Operand) : FieldPredicate;
}
