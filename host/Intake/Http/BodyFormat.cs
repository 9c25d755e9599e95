namespace AuditHost.Intake.Http;

/// <summary>How a body holds its events.</summary>
internal enum BodyFormat
{
    /// <summary>One event, or an array of them.</summary>
    Json,

    /// <summary>One event per line.</summary>
    Lines,

    /// <summary>A CloudEvent as one JSON object.</summary>
    CloudEvent,

    /// <summary>CloudEvents as a JSON array.</summary>
    CloudEventBatch,

    /// <summary>A CloudEvent whose attributes are headers and whose data is the body.</summary>
    CloudEventBinary,
}
