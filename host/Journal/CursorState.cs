namespace AuditHost.Journal;

/// <summary>
/// How far a destination is. Everything from <see cref="Origin"/> up to <see cref="Position"/> is settled, and the four counts say
/// how: they always add up to the distance, because they are written together with the position.
/// </summary>
/// <param name="Origin">
/// The sequence number the destination began at. Where it went back, so much lower as it reads events a second time; below the first one it
/// wraps, and the differences stay right.
/// </param>
/// <param name="Position">The next sequence number to settle.</param>
/// <param name="Delivered">Acknowledged by the destination.</param>
/// <param name="Filtered">Not for this destination.</param>
/// <param name="DeadLettered">Refused by the destination, kept as dead letters.</param>
/// <param name="Dropped">Given up by a named policy, or unreadable in the journal.</param>
internal readonly record struct CursorState(
    ulong Origin, ulong Position, ulong Delivered, ulong Filtered, ulong DeadLettered, ulong Dropped);
