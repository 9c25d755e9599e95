namespace AuditHost.Tests;

/// <summary>Tests that measure the process as a whole and so cannot share it.</summary>
[CollectionDefinition(nameof(AloneCollection), DisableParallelization = true)]
public sealed class AloneCollection;
