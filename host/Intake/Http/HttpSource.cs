using AuditHost.Configuration.Options;
using AuditHost.Journal;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http;

namespace AuditHost.Intake.Http;

/// <summary>
/// A source that the web server reads for: what its requests have in common, whatever protocol they speak. They are answered once their
/// events are durable.
/// </summary>
internal abstract class HttpSource : IEventSource
{
    private static readonly TimeSpan RetryAfterFailure = TimeSpan.FromSeconds(5);

    private readonly TokenBucket? _rate;

    protected HttpSource(string name, HttpSourceContext context, RateLimitOptions? rate)
    {
        Name = name;
        Context = context;
        _rate = rate is null ? null : new TokenBucket(rate, context.Time);
    }

    /// <summary>Reads a request, and answers it.</summary>
    /// <param name="http">The request.</param>
    /// <param name="events">Takes its events.</param>
    /// <param name="body">Takes its body.</param>
    /// <param name="share">Pays for what else it needs.</param>
    protected delegate Task Taking(HttpContext http, EventCollector events, BodyBuffer body, MemoryShare share);

    public string Name { get; }

    public bool IsFinite => false;

    public SourceCounters Counters { get; } = new();

    protected HttpSourceContext Context { get; }

    /// <summary>The web server does the reading; this only lasts as long.</summary>
    public Task RunAsync(CancellationToken cancellationToken) => Task.Delay(Timeout.Infinite, cancellationToken);

    /// <summary>Refuses a caller without the right token.</summary>
    /// <exception cref="RefusedRequestException">He may not pass.</exception>
    protected abstract void Admit(HttpContext http);

    /// <summary>Says no, in the protocol's own words.</summary>
    protected abstract Task RefuseAsync(HttpResponse response, Problem problem);

    protected async Task ServeAsync(HttpContext http, Taking take)
    {
        EventCollector events = Context.Collectors.Get();
        using var share = new MemoryShare(Context.Memory);
        using var body = new BodyBuffer(share);
        try
        {
            Admit(http);
            await take(http, events, body, share);
        }
        catch (RefusedRequestException refused)
        {
            Counters.AddRejected(refused.Problem.ErrorCount);
            await RefuseAsync(http.Response, refused.Problem);
        }
        catch (Exception exception) when (exception is ConnectionResetException or OperationCanceledException)
        {
            // The sender has left; nobody waits for an answer.
            http.Abort();
        }
        finally
        {
            Context.Collectors.Return(events);
        }
    }

    /// <summary>Makes a batch durable.</summary>
    /// <exception cref="RefusedRequestException">Nothing of it was taken.</exception>
    protected async Task<AppendReceipt> AppendAsync(IntakeBatch batch, MemoryShare share, CancellationToken cancellationToken)
    {
        if (_rate is not null && !_rate.TryTake(batch.Count, out TimeSpan debt))
        {
            Counters.AddRefused(batch.Count);
            throw new RefusedRequestException(Problems.TooFast(Name, debt));
        }

        share.Take((long)batch.Count * IntakeBatch.EntryBytes);
        try
        {
            AppendReceipt receipt = await Context.Sink.AppendAsync(batch, cancellationToken);
            Counters.AddAccepted(receipt, batch.Bytes);
            return receipt;
        }
        catch (JournalFullException full)
        {
            Counters.AddRefused(batch.Count);
            throw new RefusedRequestException(Problems.Unavailable(full.Message, full.RetryAfter));
        }
        catch (JournalFailedException)
        {
            Counters.AddRefused(batch.Count);
            // Its message names paths of this machine, which are for the log alone.
            throw new RefusedRequestException(Problems.Unavailable("The journal's disk failed and nothing was taken.", RetryAfterFailure));
        }
    }
}
