using AuditHost.Configuration.Options;
using AuditHost.Journal;
using AuditHost.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.ObjectPool;

namespace AuditHost.Intake.Http;

/// <summary>Takes events over HTTP. A request is taken whole or refused whole, and answered once its events are durable.</summary>
internal sealed class EventIntake : IEventSource
{
    private const int PooledCollectors = 32;
    private static readonly TimeSpan RetryAfterFailure = TimeSpan.FromSeconds(5);

    private readonly IEventSink _sink;
    private readonly IDeliveryFollower _deliveries;
    private readonly TimeProvider _time;
    private readonly CallerCheck _callers;
    private readonly BodyReader _bodies;
    private readonly MemoryBudget _memory;
    private readonly TokenBucket? _rate;
    private readonly ObjectPool<EventCollector> _collectors;

    private EventIntake(IEventSink sink, IDeliveryFollower deliveries, HttpListenerOptions options, RateLimitOptions? rate, TimeProvider time)
    {
        _rate = rate is null ? null : new TokenBucket(rate, time);
        _sink = sink;
        _deliveries = deliveries;
        _time = time;
        _callers = new CallerCheck(new BearerTokenAuthenticator(options.Tokens));
        var limits = new IntakeLimits(options);
        _bodies = new BodyReader(limits);
        _memory = new MemoryBudget(limits.MaxBufferedBytes);
        _collectors = new DefaultObjectPool<EventCollector>(new EventCollectorPolicy(limits), PooledCollectors);
    }

    public string Name => "http";

    public bool IsFinite => false;

    public SourceCounters Counters { get; } = new();

    /// <summary>Maps <c>POST /v1/events</c>.</summary>
    /// <returns>The intake as a source, for its name and counters.</returns>
    public static IEventSource Map(
        IEndpointRouteBuilder routes, IEventSink sink, IDeliveryFollower deliveries, HttpListenerOptions options, RateLimitOptions? rate, TimeProvider time)
    {
        var intake = new EventIntake(sink, deliveries, options, rate, time);
        routes.MapPost("/v1/events", intake.ServeAsync);
        return intake;
    }

    /// <summary>The web server does the reading; this only lasts as long.</summary>
    public Task RunAsync(CancellationToken cancellationToken) => Task.Delay(Timeout.Infinite, cancellationToken);

    private async Task ServeAsync(HttpContext context)
    {
        if (!_callers.MayPass(context))
        {
            await ProblemWriter.WriteAsync(context.Response, Problems.Unauthorized());
            return;
        }

        EventCollector events = _collectors.Get();
        using var share = new MemoryShare(_memory);
        using var body = new BodyBuffer(share);
        try
        {
            await TakeAsync(context, events, body, share);
        }
        catch (RefusedRequestException refused)
        {
            Counters.AddRejected(refused.Problem.ErrorCount);
            await ProblemWriter.WriteAsync(context.Response, refused.Problem);
        }
        catch (Exception exception) when (exception is ConnectionResetException or OperationCanceledException)
        {
            // The sender has left; nobody waits for an answer.
            context.Abort();
        }
        finally
        {
            _collectors.Return(events);
        }
    }

    private async Task TakeAsync(HttpContext context, EventCollector events, BodyBuffer body, MemoryShare share)
    {
        BodyFormat format = BodyFormats.Of(context.Request);
        var wish = AckWish.Of(context.Request.Query);
        IReadOnlyList<string> awaited = wish?.Choose(_deliveries.Destinations) ?? [];
        await _bodies.ReadAsync(context.Request, body, context.RequestAborted);
        if (format == BodyFormat.CloudEventBinary)
        {
            using var envelope = new BodyBuffer(share);
            CloudEventBinary.Write(context.Request.Headers, context.Request.ContentType, body.Written, envelope);
            EventSplitter.Split(format, envelope.Written, events);
            await AnswerAsync(context, events, share, wish, awaited);
        }
        else
        {
            EventSplitter.Split(format, BodyText.Check(body.Written), events);
            await AnswerAsync(context, events, share, wish, awaited);
        }
    }

    private async Task AnswerAsync(HttpContext context, EventCollector events, MemoryShare share, AckWish? wish, IReadOnlyList<string> awaited)
    {
        if (wish is null)
        {
            await ReceiptWriter.WriteAsync(context.Response, await AppendAsync(context, events, share));
            return;
        }

        using IDeliveryFollowing following = _deliveries.Follow(awaited);
        AppendReceipt receipt = await AppendAsync(context, events, share);

        // A host that stops answers what it knows rather than keep its stop waiting.
        CancellationToken stopping = context.RequestServices.GetService<IHostApplicationLifetime>()?.ApplicationStopping ?? CancellationToken.None;
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(stopping, context.RequestAborted);
        IReadOnlyList<DeliveryOutcome> outcomes = await following.WaitAsync(receipt, wish.Timeout, ended.Token);
        await DeliveryAnswer.WriteAsync(context.Response, receipt, outcomes, _time.GetUtcNow());
    }

    private async Task<AppendReceipt> AppendAsync(HttpContext context, EventCollector events, MemoryShare share)
    {
        IntakeBatch batch = events.TakeGood();
        if (_rate is not null && !_rate.TryTake(batch.Count, out TimeSpan debt))
        {
            Counters.AddRefused(batch.Count);
            throw new RefusedRequestException(Problems.TooFast(debt));
        }

        share.Take((long)batch.Count * IntakeBatch.EntryBytes);
        try
        {
            AppendReceipt receipt = await _sink.AppendAsync(batch, context.RequestAborted);
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
