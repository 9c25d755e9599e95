namespace AuditHost.Connectors.Otlp;

/// <summary>How the body of an answer is written.</summary>
internal enum AnswerType
{
    /// <summary>Neither of OTLP's encodings.</summary>
    Foreign,

    /// <summary>The answer does not say.</summary>
    Unsaid,

    /// <summary>Binary protobuf.</summary>
    Protobuf,

    /// <summary>JSON.</summary>
    Json,
}
