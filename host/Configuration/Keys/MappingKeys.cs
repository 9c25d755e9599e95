namespace AuditHost.Configuration.Keys;

/// <summary><c>mapping</c>: where a foreign event says what the common envelope wants to know.</summary>
internal static class MappingKeys
{
    public const char Or = '|';

    public static readonly ScalarKey<string> From = new(
        "from", Kinds.Text, "The value's dotted path in what was received, names with dots in quotes; several paths with | between them, of which the first that has a value counts.");
    public static readonly ScalarKey<string> Default = new("default", Kinds.Text, "The value where none has one. Alone, it is the value of every event.");
    public static readonly MapKey<string> Values = new("values", Kinds.Text, "What words of the sender mean, whatever their case. Other words stay as they are.");

    public static readonly IReadOnlyList<MappingKey> Members =
    [
        Member("event_id", "The event's id, by which it is known when it comes again."),
        Member("timestamp", "Its time: RFC 3339, or Unix time in seconds, milliseconds, microseconds or nanoseconds."),
        Member("event_type", "Its type."),
        Member("severity", "How bad it is: Info, Low, Medium, High or Critical, or one of the words of syslog."),
        Member("source", "The application."),
        Member("hostname", "The machine."),
        Member("user", "Who did it."),
        Member("operation_id", "The operation that it belongs to."),
        Member("classification", "How confidential its data are."),
        Member("compliance_profiles", "The rules that it falls under: a list, or one of them."),
    ];

    public static readonly MappingKey Mapping = new(
        "mapping",
        new KeySet([.. Members]),
        "Where events of this source say what the common envelope wants to know. What is not said here is looked for where such events usually have it. The event as it came is kept under original.");

    private static MappingKey Member(string name, string description) =>
        new(name, new KeySet(From, Default, Values), description) { Shorthand = From };
}
