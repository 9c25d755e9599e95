namespace AuditHost.Sdk.Testing;

/// <summary>How far an exchange has come when the peer stops.</summary>
internal enum HttpStage
{
    /// <summary>The connection is there; the peer reads nothing.</summary>
    Connected,

    /// <summary>The request is read.</summary>
    Asked,

    /// <summary>Half a status line is written.</summary>
    AnswerBegun,

    /// <summary>The headers are written, and no byte of the body.</summary>
    HeadersSent,

    /// <summary>Half the body is written.</summary>
    BodyBegun,
}
