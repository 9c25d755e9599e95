using System.Security.Authentication;

namespace AuditHost.Security;

/// <summary>Turns a failed handshake into a sentence with its remedy.</summary>
internal static class TlsFailure
{
    public static string Describe(AuthenticationException exception)
    {
        string cause = exception.InnerException is { } inner ? $"{exception.Message} {inner.Message}" : exception.Message;
        if (cause.Contains("NameMismatch", StringComparison.Ordinal))
            return $"{cause} The endpoint's host must be one of the names in the certificate";
        if (cause.Contains("UntrustedRoot", StringComparison.Ordinal) || cause.Contains("PartialChain", StringComparison.Ordinal))
            return $"{cause} tls.ca_certificate_path names the authority to trust";
        return cause;
    }
}
