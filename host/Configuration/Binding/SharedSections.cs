using AuditHost.Configuration.Keys;
using AuditHost.Configuration.Options;

namespace AuditHost.Configuration.Binding;

/// <summary>What <c>global</c>, <c>performance</c> and <c>security</c> say for every destination.</summary>
internal sealed class SharedSections
{
    private readonly Section? _tls;
    private readonly Section? _tlsInUse;
    private readonly Section? _apiKeyInUse;
    private readonly Section? _oauth;
    private readonly Section? _oauthInUse;

    /// <param name="integration">The mapping <c>enterprise_integration</c>, opened without expansion.</param>
    /// <param name="inUse">The same, opened as an enabled destination would.</param>
    /// <param name="anyEnabled">Whether any destination is enabled: without one, nothing here is used.</param>
    /// <param name="diagnostics">Where notes go.</param>
    public SharedSections(Section integration, Section inUse, bool anyEnabled, DiagnosticList diagnostics)
    {
        Section used = anyEnabled ? inUse : integration;
        Section? global = used.GetSection(SiteKeys.Global);
        Section? performance = used.GetSection(SiteKeys.Performance);
        Section? retry = performance?.GetSection(PerformanceKeys.RetryPolicy);
        NoteOverruled(global, GlobalKeys.RetryAttempts, retry, RetryKeys.MaxAttempts, diagnostics);
        NoteOverruled(global, GlobalKeys.RetryBackoff, retry, RetryKeys.InitialDelay, diagnostics);

        MaxConcurrentDeliveries = global?.Get(GlobalKeys.MaxConcurrentDeliveries, DefaultConcurrency) ?? DefaultConcurrency;
        Filters = global is null ? [] : FilterBinder.Bind(global, GlobalKeys.EventFilters);
        RateLimit = SharedBinder.RateLimit(global?.GetSection(GlobalKeys.RateLimiting), (false, new RateLimitOptions()));
        Retry = SharedBinder.Retry(retry, FromGlobal(global));
        Breaker = SharedBinder.Breaker(performance?.GetSection(PerformanceKeys.CircuitBreaker), new BreakerOptions());
        ConnectionPool = SharedBinder.ConnectionPool(performance?.GetSection(PerformanceKeys.ConnectionPool), new ConnectionPoolOptions());
        Monitoring = SharedBinder.Monitoring(performance?.GetSection(PerformanceKeys.Monitoring));
        if (global is not null && global.TryGet(GlobalKeys.DeliveryTimeout, out TimeSpan timeout))
            Timeout = timeout;
        if (global is not null && global.TryGet(GlobalKeys.GiveUpAfter, out TimeSpan giveUpAfter))
            GiveUpAfter = giveUpAfter;

        Section? security = integration.GetSection(SiteKeys.Security);
        Section? securityInUse = inUse.GetSection(SiteKeys.Security);
        _tls = security?.GetSection(SecurityKeys.Tls);
        _tlsInUse = securityInUse?.GetSection(SecurityKeys.Tls);
        Section? authentication = security?.GetSection(SecurityKeys.Authentication);
        Section? authenticationInUse = securityInUse?.GetSection(SecurityKeys.Authentication);
        _apiKeyInUse = authenticationInUse?.GetSection(SecurityKeys.ApiKey);
        _oauth = authentication?.GetSection(OAuthKeys.Shared);
        _oauthInUse = authenticationInUse?.GetSection(OAuthKeys.Shared);
        security?.GetSection(SecurityKeys.Encryption);
        CheckTypes(authentication);
    }

    public const int DefaultConcurrency = 100;

    public int MaxConcurrentDeliveries { get; }

    public IReadOnlyList<FilterOptions> Filters { get; }

    public (bool Enabled, RateLimitOptions Limit) RateLimit { get; }

    public RetryOptions Retry { get; }

    public BreakerOptions Breaker { get; }

    public ConnectionPoolOptions ConnectionPool { get; }

    public MonitoringOptions Monitoring { get; }

    public TimeSpan Timeout { get; } = TimeSpan.FromSeconds(30);

    public TimeSpan? GiveUpAfter { get; }

    /// <summary>The shared TLS settings; with their placeholders filled in only for a destination that speaks TLS.</summary>
    public TlsOptions Tls(bool inUse) => SharedBinder.Tls(inUse ? _tlsInUse : _tls, new TlsOptions());

    /// <summary>The header of <c>api_key</c> for a destination that asks for one without naming it.</summary>
    public string ApiKeyHeader() => _apiKeyInUse?.GetText(SecurityKeys.ApiKeyHeader) ?? "X-API-Key";

    /// <summary>What destinations with OAuth have in common; with its placeholders filled in only for one that is enabled.</summary>
    public Section? OAuth(bool inUse) => inUse ? _oauthInUse : _oauth;

    private static RetryOptions FromGlobal(Section? global)
    {
        var below = new RetryOptions();
        return global is null ? below : below with
        {
            MaxAttempts = global.Get(GlobalKeys.RetryAttempts, below.MaxAttempts),
            InitialDelay = global.Get(GlobalKeys.RetryBackoff, below.InitialDelay),
        };
    }

    private static void NoteOverruled(Section? global, Key key, Section? retry, Key winner, DiagnosticList diagnostics)
    {
        if (global?.Find(key) is { } entry && retry?.Find(winner) is not null)
            diagnostics.Note(entry.Key.Location, global.PathOf(entry.Name), $"has no effect: {retry.PathOf(winner.Name)} wins over it");
    }

    /// <summary>Types are checked also where nobody uses the values yet.</summary>
    private void CheckTypes(Section? authentication)
    {
        Tls(inUse: false);
        authentication?.GetSection(SecurityKeys.ApiKey)?.GetText(SecurityKeys.ApiKeyHeader);
        if (_oauth is not { } oauth)
            return;
        oauth.GetText(OAuthKeys.ClientId);
        oauth.GetText(OAuthKeys.ClientSecret);
        oauth.TryGet(OAuthKeys.TokenEndpoint, out _);
        oauth.GetList(OAuthKeys.Scopes);
        oauth.GetText(OAuthKeys.Audience);
        oauth.Get(OAuthKeys.SecretInBody, false);
    }
}
