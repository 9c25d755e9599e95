using System.Collections.Concurrent;
using System.Net.Sockets;
using AuditHost.Configuration.Options;
using AuditHost.Journal;
using AuditHost.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace AuditHost.Intake.Http;

/// <summary>
/// <c>POST /v1/events</c>. A request is taken whole or refused whole, and answered with 200 only after its events are durable.
/// </summary>
internal sealed class EventIntake : IEventSource
{
    private static readonly TimeSpan FailurePause = TimeSpan.FromSeconds(5);

    private readonly IEventSink _sink;
    private readonly HttpListenerOptions _options;
    private readonly BearerTokenAuthenticator _tokens;

    /// <summary>Batches to be used again: there are never more than requests at a time.</summary>
    private readonly ConcurrentBag<IntakeBatch> _spare = [];

    private EventIntake(IEventSink sink, HttpListenerOptions options)
    {
        _sink = sink;
        _options = options;
        _tokens = new BearerTokenAuthenticator(options.Tokens);
    }

    public string Name => "http";

    public bool IsFinite => false;

    public SourceCounters Counters { get; } = new();

    /// <summary>Adds the route.</summary>
    public static IEventSource Map(IEndpointRouteBuilder routes, IEventSink sink, HttpListenerOptions options)
    {
        var intake = new EventIntake(sink, options);
        routes.MapPost("/v1/events", intake.HandleAsync);
        return intake;
    }

    /// <summary>The web server calls; there is nothing to run.</summary>
    public Task RunAsync(CancellationToken cancellationToken) => Task.Delay(Timeout.Infinite, cancellationToken);

    private async Task HandleAsync(HttpContext context)
    {
        try
        {
            AppendReceipt receipt = await TakeAsync(context).ConfigureAwait(false);
            await Answers.WriteReceiptAsync(context.Response, receipt).ConfigureAwait(false);
        }
        catch (IntakeException problem)
        {
            Counters.AddRejected(problem.ErrorCount);
            await Answers.WriteProblemAsync(context.Response, problem).ConfigureAwait(false);
        }
    }

    private async Task<AppendReceipt> TakeAsync(HttpContext context)
    {
        if (!MayPass(context))
            throw new IntakeException(StatusCodes.Status401Unauthorized, "Unauthorized", "A bearer token of host.http.tokens is needed.");
        MediaType mediaType = MediaTypes.Of(context.Request);
        using var body = new PooledBuffer(16 << 10);
        using var envelope = new PooledBuffer(1);
        await BodyReader.ReadAsync(context.Request, _options, body, context.RequestAborted).ConfigureAwait(false);
        if (!_spare.TryTake(out IntakeBatch? batch))
            batch = new IntakeBatch();
        try
        {
            Parse(context.Request, mediaType, body, envelope, batch);
            return await AppendAsync(batch).ConfigureAwait(false);
        }
        finally
        {
            batch.Clear();
            _spare.Add(batch);
        }
    }

    private void Parse(HttpRequest request, MediaType mediaType, PooledBuffer body, PooledBuffer envelope, IntakeBatch batch)
    {
        ReadOnlyMemory<byte> text = body.Written;
        var reader = new EventReader(batch, _options.MaxEventBytes);
        if (mediaType == MediaType.BinaryCloudEvent)
        {
            BinaryCloudEvent.Write(request, text, envelope);
            reader.ReadDocument(envelope.Written);
            return;
        }

        if (TextEncodings.DetectForeign(text.Span) is { } foreign)
            throw IntakeException.Bad($"The body is {foreign}; events are UTF-8{(foreign is "gzip" or "zstd" ? ", and compression is named in Content-Encoding" : string.Empty)}.");
        if (text.Span.StartsWith(TextEncodings.Utf8Mark))
            text = text[TextEncodings.Utf8Mark.Length..];
        if (mediaType == MediaType.Lines)
            reader.ReadLines(text);
        else
            reader.ReadDocument(text);
    }

    private async ValueTask<AppendReceipt> AppendAsync(IntakeBatch batch)
    {
        try
        {
            // Not cancelled with the request: whether the events are durable must not depend on the sender's patience.
            AppendReceipt receipt = await _sink.AppendAsync(batch, CancellationToken.None).ConfigureAwait(false);
            Counters.AddAccepted(batch.Count, batch.Bytes);
            return receipt;
        }
        catch (JournalFullException exception)
        {
            throw Unavailable(batch, exception.Message, exception.RetryAfter);
        }
        catch (JournalFailedException exception)
        {
            throw Unavailable(batch, exception.Message, FailurePause);
        }
    }

    private IntakeException Unavailable(IntakeBatch batch, string detail, TimeSpan retryAfter)
    {
        Counters.AddRefused(batch.Count);
        return new IntakeException(StatusCodes.Status503ServiceUnavailable, "Not accepted", detail) { RetryAfter = retryAfter };
    }

    /// <summary>The socket in the data directory needs no token: only the host's owner can open it.</summary>
    private bool MayPass(HttpContext context) =>
        _tokens.Accepts(context.Request.Headers.Authorization)
        || context.Features.Get<IConnectionSocketFeature>()?.Socket.LocalEndPoint is UnixDomainSocketEndPoint;
}
