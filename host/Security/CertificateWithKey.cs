using System.Security.Cryptography.X509Certificates;

namespace AuditHost.Security;

/// <summary>A certificate that this host proves itself with.</summary>
/// <param name="Certificate">The certificate with its private key.</param>
/// <param name="Intermediates">What is sent along so that the peer can build the chain.</param>
internal sealed record CertificateWithKey(X509Certificate2 Certificate, X509Certificate2Collection Intermediates);
