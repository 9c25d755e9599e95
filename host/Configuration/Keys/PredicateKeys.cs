namespace AuditHost.Configuration.Keys;

/// <summary>The conditions of a <c>field</c> filter. Several in one mapping must all hold.</summary>
internal static class PredicateKeys
{
    public static readonly ScalarKey<string> Path = new("path", Kinds.Text, "The field, with dots: payload.data.access_result.");
    public static readonly ScalarKey<string> EqualTo = new("equals", Kinds.Text, "The value is this text.");
    public static readonly ListKey<string> In = new("in", Kinds.Text, "The value is one of these texts.");
    public static readonly ScalarKey<string> Matches = new(
        "matches", Kinds.Text, "The value matches this regular expression (linear time: no look-around, no back references).");
    public static readonly ScalarKey<bool> Exists = new("exists", Kinds.Boolean, "The field is there and not null, or is not.");
    public static readonly ScalarKey<double> LessThan = new("less_than", Kinds.Number, "The value is a number below this.");
    public static readonly ScalarKey<double> LessOrEqual = new("less_or_equal", Kinds.Number, "The value is a number up to this.");
    public static readonly ScalarKey<double> GreaterThan = new("greater_than", Kinds.Number, "The value is a number above this.");
    public static readonly ScalarKey<double> GreaterOrEqual = new("greater_or_equal", Kinds.Number, "The value is a number from this on.");
    public static readonly ReferenceKey Any = new("any", SchemaNames.Predicate, "At least one of these holds.") { IsList = true };
    public static readonly ReferenceKey Every = new("all", SchemaNames.Predicate, "All of these hold.") { IsList = true };
    public static readonly ReferenceKey Not = new("not", SchemaNames.Predicate, "This does not hold.");

    public static readonly IReadOnlyList<Key> All =
        [Path, EqualTo, In, Matches, Exists, LessThan, LessOrEqual, GreaterThan, GreaterOrEqual, Any, Every, Not];

    public static readonly KeySet Set = new([.. All]);
}
