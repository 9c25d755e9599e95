using AuditHost.Configuration.Options;

namespace AuditHost.Isolation.Messages;

/// <summary>Everything that a plugin's process learns of the site: one destination, its settings and its secrets, and none of any other.</summary>
internal sealed record SetupMessage
{
    public required string Destination { get; init; }

    public required string Section { get; init; }

    /// <summary>The connector's type.</summary>
    public required string Type { get; init; }

    /// <summary>The main assemblies of the plugins that it needs: the connector's, and the format's where a plugin renders.</summary>
    public required IReadOnlyList<string> Assemblies { get; init; }

    public string? Format { get; init; }

    public required byte[] FormatSettings { get; init; }

    public TemplateOptions? Template { get; init; }

    public required byte[] Settings { get; init; }

    public required TlsOptions Tls { get; init; }

    public required ConnectionPoolOptions ConnectionPool { get; init; }

    public AuthenticationMessage? Authentication { get; init; }

    public Uri? Proxy { get; init; }

    public required string BaseDirectory { get; init; }

    public required Guid LogId { get; init; }

    public required int MaxOpenFiles { get; init; }
}
