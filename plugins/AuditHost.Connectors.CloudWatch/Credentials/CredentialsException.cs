using AuditHost.Sdk;

namespace AuditHost.Connectors.CloudWatch.Credentials;

/// <summary>There are no keys to sign with.</summary>
/// <param name="kind">Whether that may change by itself.</param>
/// <param name="message">Why, in one line.</param>
/// <param name="innerException">What caused it.</param>
internal sealed class CredentialsException(FailureKind kind, string message, Exception? innerException = null) : Exception(message, innerException)
{
    public FailureKind Kind { get; } = kind;
}
