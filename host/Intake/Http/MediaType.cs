namespace AuditHost.Intake.Http;

/// <summary>How the events of a body are laid out.</summary>
internal enum MediaType
{
    /// <summary>One JSON object, or an array of them. CloudEvents in structured and batch mode look the same.</summary>
    Document,

    /// <summary>One JSON object per line.</summary>
    Lines,

    /// <summary>A CloudEvent in binary mode: the envelope in the headers, the body is its data.</summary>
    BinaryCloudEvent,
}
