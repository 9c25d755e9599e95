namespace AuditHost.Security.OAuth;

/// <summary>
/// The token of a destination: kept while it is good, renewed before it ends, asked for once however many requests want one.
/// </summary>
/// <param name="request">Asks for a new one.</param>
/// <param name="time">The clock.</param>
/// <param name="issued">Hears of each token before it is used: it is a secret from then on.</param>
internal sealed class TokenSource(Func<CancellationToken, Task<AccessToken>> request, TimeProvider time, Action<string>? issued = null)
{
    /// <summary>How long an answer may take. Whoever waits for it may leave before.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>How long after a renewal that failed, or a replacement, the next one is tried.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(10);

    private readonly Lock _gate = new();
    private AccessToken? _token;
    private Task<AccessToken>? _request;
    private long? _failedAt;
    private long? _replacedAt;

    /// <summary>The token to use now.</summary>
    public Task<AccessToken> GetAsync(CancellationToken cancellationToken)
    {
        Task<AccessToken> request;
        lock (_gate)
        {
            if (_token is { } token && time.GetElapsedTime(token.AskedAt) is var age && age < token.Lifetime)
            {
                if (age >= token.RenewAfter && !IsJustNow(_failedAt))
                    _request ??= RequestAsync();
                return Task.FromResult(token);
            }

            request = _request ??= RequestAsync();
        }

        return request.WaitAsync(cancellationToken);
    }

    /// <summary>
    /// Another token than one that the destination refused; the same where it is itself such a replacement of just now: then it is not the
    /// token that the destination minds.
    /// </summary>
    public Task<AccessToken> ReplaceAsync(AccessToken refused, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (_token == refused && !IsJustNow(_replacedAt))
                (_token, _replacedAt) = (null, time.GetTimestamp());
        }

        return GetAsync(cancellationToken);
    }

    private bool IsJustNow(long? timestamp) => timestamp is { } then && time.GetElapsedTime(then) < Pause;

    private async Task<AccessToken> RequestAsync()
    {
        // The caller holds the lock.
        await Task.Yield();
        try
        {
            using var patience = new CancellationTokenSource(Patience, time);
            AccessToken token = await request(patience.Token);
            issued?.Invoke(token.Value);
            lock (_gate)
            {
                _token = token;
                _request = null;
            }

            return token;
        }
        catch (Exception exception)
        {
            lock (_gate)
            {
                _request = null;
                _failedAt = time.GetTimestamp();
            }

            if (exception is OperationCanceledException)
                throw new HttpRequestException($"The token endpoint did not answer within {Patience.TotalSeconds} s.", exception);
            throw;
        }
    }
}
