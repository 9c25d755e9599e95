namespace AuditHost.Sdk;

/// <summary>What an <see cref="EventValue"/> holds.</summary>
public enum EventValueKind : byte
{
    /// <summary>Nothing: the event has no such member.</summary>
    Missing,

    /// <summary>JSON <c>null</c>.</summary>
    Null,

    /// <summary>A string.</summary>
    String,

    /// <summary>A number.</summary>
    Number,

    /// <summary><c>true</c> or <c>false</c>.</summary>
    Boolean,

    /// <summary>An object, brackets included.</summary>
    Object,

    /// <summary>An array, brackets included.</summary>
    Array,
}
