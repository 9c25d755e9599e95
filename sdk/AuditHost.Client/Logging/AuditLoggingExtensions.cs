using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace AuditHost.Client.Logging;

/// <summary>Sends an application's log entries to AuditHost.</summary>
public static class AuditLoggingExtensions
{
    /// <summary>Adds the provider.</summary>
    /// <param name="builder">The application's logging.</param>
    /// <param name="endpoint">The host's listener.</param>
    /// <param name="token">One of its tokens, if it asks for one.</param>
    public static ILoggingBuilder AddAuditHost(this ILoggingBuilder builder, Uri endpoint, string? token = null) =>
        builder.AddAuditHost(new AuditClientOptions { Endpoint = endpoint, Token = token });

    /// <summary>Adds the provider.</summary>
    /// <param name="builder">The application's logging.</param>
    /// <param name="client">How to send. Give it a spool, so that nothing is lost while the host is away.</param>
    /// <param name="logger">How entries become events.</param>
    public static ILoggingBuilder AddAuditHost(this ILoggingBuilder builder, AuditClientOptions client, AuditLoggerOptions? logger = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(client);
        builder.Services.AddSingleton<ILoggerProvider>(_ => new AuditLoggerProvider(new AuditClient(client), logger));
        return builder;
    }
}
