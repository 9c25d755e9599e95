using AuditHost.Configuration.Options;
using AuditHost.Journal;
using AuditHost.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace AuditHost.Intake.Http;

/// <summary>Takes events by the host's own protocol. A request is taken whole or refused whole.</summary>
internal sealed class EventIntake : HttpSource
{
    private readonly IDeliveryFollower _deliveries;
    private readonly CallerCheck _callers;

    private EventIntake(HttpSourceContext context, IDeliveryFollower deliveries, RateLimitOptions? rate)
        : base("http", context, rate)
    {
        _deliveries = deliveries;
        _callers = new CallerCheck(context.Tokens);
    }

    /// <summary>Maps <c>POST /v1/events</c>.</summary>
    /// <returns>The intake as a source, for its name and counters.</returns>
    public static IEventSource Map(IEndpointRouteBuilder routes, HttpSourceContext context, IDeliveryFollower deliveries, RateLimitOptions? rate)
    {
        var intake = new EventIntake(context, deliveries, rate);
        routes.MapPost("/v1/events", http => intake.ServeAsync(http, intake.TakeAsync));
        return intake;
    }

    protected override void Admit(HttpContext http)
    {
        if (!_callers.MayPass(http))
            throw new RefusedRequestException(Problems.Unauthorized());
    }

    protected override Task RefuseAsync(HttpResponse response, Problem problem) => ProblemWriter.WriteAsync(response, problem);

    private async Task TakeAsync(HttpContext http, EventCollector events, BodyBuffer body, MemoryShare share)
    {
        BodyFormat format = BodyFormats.Of(http.Request);
        var wish = AckWish.Of(http.Request.Query);
        IReadOnlyList<string> awaited = wish?.Choose(_deliveries.Destinations, _deliveries.Prompt) ?? [];
        await Context.Bodies.ReadAsync(http.Request, body, http.RequestAborted);
        if (format == BodyFormat.CloudEventBinary)
        {
            using var envelope = new BodyBuffer(share);
            CloudEventBinary.Write(http.Request.Headers, http.Request.ContentType, body.Written, envelope);
            EventSplitter.Split(format, envelope.Written, events);
            await AnswerAsync(http, events, share, wish, awaited);
        }
        else
        {
            EventSplitter.Split(format, BodyText.Check(body.Written), events);
            await AnswerAsync(http, events, share, wish, awaited);
        }
    }

    private async Task AnswerAsync(HttpContext http, EventCollector events, MemoryShare share, AckWish? wish, IReadOnlyList<string> awaited)
    {
        if (wish is null)
        {
            await ReceiptWriter.WriteAsync(http.Response, await AppendAsync(events.TakeGood(), share, http.RequestAborted));
            return;
        }

        using IDeliveryFollowing following = _deliveries.Follow(awaited);
        AppendReceipt receipt = await AppendAsync(events.TakeGood(), share, http.RequestAborted);

        // A host that stops answers what it knows rather than keep its stop waiting.
        CancellationToken stopping = http.RequestServices.GetService<IHostApplicationLifetime>()?.ApplicationStopping ?? CancellationToken.None;
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(stopping, http.RequestAborted);
        IReadOnlyList<DeliveryOutcome> outcomes = await following.WaitAsync(receipt, wish.Timeout, ended.Token);
        await DeliveryAnswer.WriteAsync(http.Response, receipt, outcomes, Context.Time.GetUtcNow());
    }
}
