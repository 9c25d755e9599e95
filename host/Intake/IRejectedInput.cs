namespace AuditHost.Intake;

/// <summary>Keeps what a source found that is no event and cannot be refused to a sender.</summary>
internal interface IRejectedInput
{
    /// <summary>How many of the first bytes are kept.</summary>
    const int KeptBytes = 64 << 10;

    /// <summary>Writes one piece; it is durable after <see cref="Sync"/>.</summary>
    /// <param name="source">The source's name.</param>
    /// <param name="piece">Where it was and why it is no event.</param>
    /// <exception cref="IOException">It was not written.</exception>
    void Reject(string source, in RejectedPiece piece);

    /// <summary>Makes all pieces of the source durable.</summary>
    /// <exception cref="IOException">They may not be durable.</exception>
    void Sync(string source);
}
