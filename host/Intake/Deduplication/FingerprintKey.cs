using System.Security.Cryptography;

namespace AuditHost.Intake.Deduplication;

/// <summary>
/// Makes the fingerprints that stand for events' bytes. A sender who could make two events look alike could make the host pass over one of
/// them: what tells events apart is a secret of this host, and a sender sees no more of it than whether two events were one.
/// </summary>
internal sealed class FingerprintKey
{
    public const int Bytes = Polyval.KeyBytes;

    private readonly byte[] _secret;
    private readonly Polyval _polynomial;

    public FingerprintKey(ReadOnlySpan<byte> secret)
    {
        _secret = secret.ToArray();
        _polynomial = new Polyval(_secret);
    }

    public ReadOnlySpan<byte> Secret => _secret;

    public static FingerprintKey Create() => new(RandomNumberGenerator.GetBytes(Bytes));

    public UInt128 FingerprintOf(ReadOnlySpan<byte> json) => _polynomial.Evaluate(json);
}
