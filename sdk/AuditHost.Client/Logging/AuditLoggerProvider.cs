using Microsoft.Extensions.Logging;

namespace AuditHost.Client.Logging;

/// <summary>Makes audit events of an application's log entries and closes the client with it.</summary>
[ProviderAlias("AuditHost")]
public sealed class AuditLoggerProvider : ILoggerProvider, ISupportExternalScope, IAsyncDisposable
{
    private readonly AuditClient _client;
    private readonly AuditLoggerOptions _options;
    private IExternalScopeProvider? _scopes;

    /// <summary>Creates a provider.</summary>
    /// <param name="client">Sends the events. The provider disposes of it.</param>
    /// <param name="options">How entries become events.</param>
    public AuditLoggerProvider(AuditClient client, AuditLoggerOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(client);
        _client = client;
        _options = options ?? new AuditLoggerOptions();
    }

    /// <inheritdoc/>
    public ILogger CreateLogger(string categoryName) => new AuditLogger(_client, _options, categoryName, () => _scopes);

    /// <inheritdoc/>
    public void SetScopeProvider(IExternalScopeProvider scopeProvider) => _scopes = scopeProvider;

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _client.DisposeAsync();

    /// <inheritdoc/>
    public void Dispose() => _client.DisposeAsync().AsTask().GetAwaiter().GetResult();
}
