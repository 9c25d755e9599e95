namespace AuditHost.Sdk.Conformance;

/// <summary>What is wrong with a formatter, one thing at a time.</summary>
public enum FormatFault
{
    None,
    LeavesLineBreaks,
    LeavesOddBytes,
    ThrowsOnMissing,
    CountsEvents,
    SharesBuffer,
    AdvancesTooFar,
    ClaimsJson,
    KeepsTimer,
}
