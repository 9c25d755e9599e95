using AuditHost.Configuration.Options;

namespace AuditHost.Configuration;

/// <summary>A site file as read.</summary>
/// <param name="Site">The site; <see langword="null"/> where the file has an error.</param>
/// <param name="Diagnostics">Everything found, in the order of the file.</param>
internal sealed record SiteLoadResult(SiteOptions? Site, IReadOnlyList<Diagnostic> Diagnostics);
