namespace AuditHost.EndToEnd.Network;

/// <summary>What a <see cref="ChaosProxy"/> can do to a connection.</summary>
internal enum FaultKind
{
    /// <summary>Passes so many bytes towards the receiver and closes both ends.</summary>
    CutRequest,

    /// <summary>Passes so many bytes of an answer and closes both ends.</summary>
    CutResponse,

    /// <summary>Holds back for a moment what is sent.</summary>
    Delay,

    /// <summary>Takes everything and passes nothing on, for as long as the connection lasts.</summary>
    BlackHole,

    /// <summary>Passes what came first and resets the sender's end.</summary>
    Reset,

    /// <summary>Passes everything towards the receiver and nothing back: the sender's end is closed for reading.</summary>
    HalfClose,

    /// <summary>Passes the answer a byte a second.</summary>
    Trickle,

    /// <summary>Passes the answer twice.</summary>
    DuplicateResponse,

    /// <summary>Promises more body than there is.</summary>
    LongContentLength,

    /// <summary>Promises less body than there is.</summary>
    ShortContentLength,

    /// <summary>Answers itself, with bytes that mean nothing.</summary>
    Garbage,

    /// <summary>Answers itself, as a TLS server does that was spoken to without TLS.</summary>
    TlsAlert,

    /// <summary>Holds back each piece of what is sent and answered, for a while of its own each.</summary>
    Jitter,

    /// <summary>Passes what is sent and answered byte by byte.</summary>
    SingleBytes,

    /// <summary>Says that there is less than nothing.</summary>
    NegativeContentLength,

    /// <summary>Says two different things of how much there is.</summary>
    TwoContentLengths,

    /// <summary>Sends a thousand times <c>100 Continue</c>, and <c>102</c>, before the answer.</summary>
    Continues,

    /// <summary>Answers itself, before the request is complete, and closes.</summary>
    EarlyAnswer,

    /// <summary>Answers itself, with a failure whose body never ends.</summary>
    EndlessBody,

    /// <summary>Answers itself, with 100,000 headers.</summary>
    ManyHeaders,

    /// <summary>Refuses connections for a while.</summary>
    Refused,
}
