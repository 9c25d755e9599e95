namespace AuditHost.Formatting.Library;

/// <summary>How a template's test ended.</summary>
internal enum GoldenOutcome
{
    Passed,

    /// <summary>The rendering is another, or there is none.</summary>
    Failed,

    /// <summary>What is expected was written anew.</summary>
    Updated,

    /// <summary>There is nothing to test it with.</summary>
    NoSample,
}
