namespace AuditHost.Intake.Http;

/// <summary>How a body is compressed.</summary>
internal enum ContentCoding
{
    Identity,
    Gzip,
    Brotli,
    Zstandard,
}
