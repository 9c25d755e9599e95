namespace AuditHost.EndToEnd.Enterprise;

/// <summary>A part of the given site: what some of its sections lead to.</summary>
internal interface IEnterprisePart : IAsyncDisposable
{
    /// <summary>The sections of <c>enterprise_integration</c>.</summary>
    IReadOnlyList<string> Sections { get; }

    IReadOnlyList<EnterpriseServer> Servers { get; }

    /// <summary>The variables that these sections name.</summary>
    IReadOnlyDictionary<string, string> Variables { get; }

    /// <summary>
    /// The given file with what a machine without a network needs, and nothing else: addresses where it names none, or none that could be had here.
    /// </summary>
    string Adapt(string given);

    Task StartAsync(SiteFolder site, CancellationToken cancellationToken);
}
