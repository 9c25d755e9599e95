using System.Text;
using System.Text.Unicode;
using AuditHost.Configuration.Options;
using AuditHost.Intake.Mapping;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace AuditHost.Intake.Http.Splunk;

/// <summary>
/// Takes events from senders that speak to Splunk's HTTP Event Collector. As there, a bad event ends a request: those before it are taken, and
/// the answer says which it was.
/// </summary>
internal sealed class SplunkIntake : HttpSource
{
    private const string Root = "/services/collector";

    private static readonly string[] Metadata = ["time", "host", "source", "sourcetype", "index"];

    private readonly EventMapping _mapping;
    private readonly HecAuthorization _authorization;
    private readonly HecAcknowledgements _acknowledgements = new();

    private SplunkIntake(HttpSourceContext context, SplunkSourceOptions options)
        : base("splunk_hec", context, options.RateLimit)
    {
        _mapping = HecMapping.Default.With(options.Mapping);
        _authorization = new HecAuthorization(context.Tokens);
    }

    private delegate void Reading(HecEvents events, ReadOnlySpan<byte> text);

    /// <summary>Maps the collector's paths.</summary>
    /// <param name="routes">Where they are mapped.</param>
    /// <param name="context">What the sources of the web server share.</param>
    /// <param name="options">What this one is told.</param>
    /// <param name="isHealthy">Whether events are taken at the moment.</param>
    /// <returns>The intake as a source, for its name and counters.</returns>
    public static IEventSource Map(IEndpointRouteBuilder routes, HttpSourceContext context, SplunkSourceOptions options, Func<bool> isHealthy)
    {
        var intake = new SplunkIntake(context, options);
        foreach (string path in new[] { Root, $"{Root}/event", $"{Root}/event/1.0" })
            routes.MapPost(path, http => intake.ServeAsync(http, intake.TakeObjectsAsync));
        foreach (string path in new[] { $"{Root}/raw", $"{Root}/raw/1.0" })
            routes.MapPost(path, http => intake.ServeAsync(http, intake.TakeLinesAsync));
        foreach (string path in new[] { $"{Root}/health", $"{Root}/health/1.0" })
            routes.MapGet(path, http => AnswerAsync(http.Response, HecReply.Of(isHealthy() ? HecCode.HecIsHealthy : HecCode.HecIsUnhealthyQueuesAreFull)));
        routes.MapPost($"{Root}/ack", http => intake.ServeAsync(http, intake.AcknowledgeAsync));
        return intake;
    }

    protected override void Admit(HttpContext http)
    {
        if (_authorization.FaultOf(http) is not null)
            throw new RefusedRequestException(Problems.Unauthorized());
    }

    protected override Task RefuseAsync(HttpResponse response, Problem problem)
    {
        if (problem.Header is var (name, value) && problem.Status != StatusCodes.Status401Unauthorized)
            response.Headers[name] = value;
        return AnswerAsync(response, problem.Status switch
        {
            StatusCodes.Status401Unauthorized => HecReply.Of(_authorization.FaultOf(response.HttpContext) ?? HecCode.TokenIsRequired),
            StatusCodes.Status429TooManyRequests => HecReply.Of(HecCode.QueueAtCapacity),
            StatusCodes.Status503ServiceUnavailable => HecReply.Of(HecCode.ServerIsBusy),
            var status => HecReply.Of(HecCode.InvalidDataFormat) with { Status = status, Text = problem.Detail },
        });
    }

    private Task TakeObjectsAsync(HttpContext http, EventCollector events, BodyBuffer body, MemoryShare share) =>
        TakeAsync(http, events, body, share, (read, text) => read.ReadObjects(text));

    private Task TakeLinesAsync(HttpContext http, EventCollector events, BodyBuffer body, MemoryShare share)
    {
        (string, string)[] metadata =
            [.. Metadata.Select(name => (name, Value: http.Request.Query[name].ToString())).Where(pair => pair.Value.Length > 0)];
        return TakeAsync(http, events, body, share, (read, text) => read.ReadLines(text, metadata));
    }

    private async Task TakeAsync(HttpContext http, EventCollector events, BodyBuffer body, MemoryShare share, Reading read)
    {
        string? channel = HecAcknowledgements.ChannelOf(http.Request, out bool isChannel);
        if (!isChannel)
        {
            await AnswerAsync(http.Response, HecReply.Of(HecCode.InvalidDataChannel));
            return;
        }

        await Context.Bodies.ReadAsync(http.Request, body, http.RequestAborted);
        if (body.Written.Span.Trim(JsonSpace.Bytes).IsEmpty)
        {
            await AnswerAsync(http.Response, HecReply.Of(HecCode.NoData));
            return;
        }

        ReadOnlyMemory<byte> text = BodyText.Check(body.Written);
        if (!Utf8.IsValid(text.Span))
            throw new RefusedRequestException(Problems.BadBody("The body is not valid UTF-8."));
        using var mapped = new BodyBuffer(share);
        var reading = new HecEvents(_mapping, mapped);
        read(reading, text.Span);
        reading.AddTo(events);
        int taken = events.Batch.Count;
        if (taken > 0)
            await AppendAsync(events.Batch, share, http.RequestAborted);
        if (reading.Fault is { } fault)
        {
            Counters.AddRejected(1);
            await AnswerAsync(http.Response, HecReply.Of(fault) with { InvalidEvent = taken });
            return;
        }

        await AnswerAsync(http.Response, HecReply.Of(HecCode.Success), channel is null ? null : _acknowledgements.Next());
    }

    private async Task AcknowledgeAsync(HttpContext http, EventCollector events, BodyBuffer body, MemoryShare share)
    {
        string? channel = HecAcknowledgements.ChannelOf(http.Request, out bool isChannel);
        if (channel is null || !isChannel)
        {
            await AnswerAsync(http.Response, HecReply.Of(channel is null ? HecCode.DataChannelIsMissing : HecCode.InvalidDataChannel));
            return;
        }

        await Context.Bodies.ReadAsync(http.Request, body, http.RequestAborted);
        using var answer = new BodyBuffer(share);
        if (_acknowledgements.TryAnswer(body.Written.Span, answer))
            await WriteAsync(http.Response, answer.Written);
        else
            await AnswerAsync(http.Response, HecReply.Of(HecCode.InvalidDataFormat));
    }

    private static Task AnswerAsync(HttpResponse response, HecReply reply, long? acknowledgement = null)
    {
        response.StatusCode = reply.Status;
        string further = acknowledgement is { } id ? $",\"ackId\":{id}" : reply.InvalidEvent is { } index ? $",\"invalid-event-number\":{index}" : string.Empty;
        string text = System.Text.Json.JsonEncodedText.Encode(reply.Text).ToString();
        return WriteAsync(response, Encoding.UTF8.GetBytes($"{{\"text\":\"{text}\",\"code\":{(int)reply.Code}{further}}}"));
    }

    private static async Task WriteAsync(HttpResponse response, ReadOnlyMemory<byte> json)
    {
        response.ContentType = "application/json";
        response.ContentLength = json.Length;
        await response.BodyWriter.WriteAsync(json, response.HttpContext.RequestAborted);
    }
}
