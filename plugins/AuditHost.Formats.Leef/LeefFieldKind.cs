namespace AuditHost.Formats.Leef;

/// <summary>How a value becomes that of an attribute.</summary>
internal enum LeefFieldKind
{
    /// <summary>As its text.</summary>
    Text,

    /// <summary>As its text if that is an address of IPv4 or IPv6, else not at all: receivers drop anything else.</summary>
    Address,

    /// <summary>The elements of an array, joined by commas.</summary>
    List,

    /// <summary>The number of elements of an array.</summary>
    Count,
}
