namespace AuditHost.Security.OAuth;

/// <summary>A token for one destination's requests. Its age is measured, not read off a clock that somebody can set.</summary>
/// <param name="Value">What stands behind <c>Bearer</c>. A secret.</param>
/// <param name="AskedAt">When it was asked for, as a timestamp of the clock.</param>
/// <param name="RenewAfter">The age at which a new one is asked for, while this one is used on.</param>
/// <param name="Lifetime">The age at which it is not used any more.</param>
internal sealed record AccessToken(string Value, long AskedAt, TimeSpan RenewAfter, TimeSpan Lifetime)
{
    /// <summary>Keeps the token out of every log: a record would print its members.</summary>
    public override string ToString() => nameof(AccessToken);
}
