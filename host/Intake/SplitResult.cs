namespace AuditHost.Intake;

/// <summary>What <see cref="JsonSplitter"/> came to.</summary>
internal enum SplitResult
{
    /// <summary>All bytes are used up; nothing is complete.</summary>
    NeedMore,

    /// <summary>The piece is an object whose brackets match.</summary>
    Object,

    /// <summary>The piece is no object; an object may begin with the next byte.</summary>
    Garbage,

    /// <summary>The piece began as an object but cannot be one. Its end is not known.</summary>
    Broken,
}
