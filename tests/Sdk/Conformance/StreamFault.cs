namespace AuditHost.Sdk.Conformance;

/// <summary>What is wrong with a connector that writes to a connection, one thing at a time.</summary>
public enum StreamFault
{
    None,
    KeepsBrokenConnection,
    KeepsConnectionAfterDeadline,
    IgnoresToken,
    SwallowsErrors,
    ThrowsOddly,
}
