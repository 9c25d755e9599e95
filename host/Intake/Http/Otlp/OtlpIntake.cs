using AuditHost.Configuration.Options;
using AuditHost.Intake.Mapping;
using AuditHost.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Net.Http.Headers;

namespace AuditHost.Intake.Http.Otlp;

/// <summary>
/// Takes log records by OTLP over HTTP, in Protocol Buffers or JSON. A request that cannot be read is refused whole; of one that can, a record that is too
/// large is refused alone, as the protocol has it.
/// </summary>
internal sealed class OtlpIntake : HttpSource
{
    private readonly EventMapping _mapping;
    private readonly CallerCheck _callers;

    private OtlpIntake(HttpSourceContext context, OtlpSourceOptions options)
        : base("otlp", context, options.RateLimit)
    {
        _mapping = OtlpMapping.Default.With(options.Mapping);
        _callers = new CallerCheck(context.Tokens);
    }

    /// <summary>Maps <c>POST /v1/logs</c>.</summary>
    /// <returns>The intake as a source, for its name and counters.</returns>
    public static IEventSource Map(IEndpointRouteBuilder routes, HttpSourceContext context, OtlpSourceOptions options)
    {
        var intake = new OtlpIntake(context, options);
        routes.MapPost("/v1/logs", http => intake.ServeAsync(http, intake.TakeAsync));
        return intake;
    }

    protected override void Admit(HttpContext http)
    {
        if (!_callers.MayPass(http))
            throw new RefusedRequestException(Problems.Unauthorized());
    }

    protected override Task RefuseAsync(HttpResponse response, Problem problem)
    {
        if (problem.Header is var (name, value))
            response.Headers[name] = value;
        return OtlpReply.RefusedAsync(response, IsJson(response.HttpContext.Request) ?? false, problem.Status, problem.Detail);
    }

    private async Task TakeAsync(HttpContext http, EventCollector events, BodyBuffer body, MemoryShare share)
    {
        if (IsJson(http.Request) is not { } isJson)
            throw new RefusedRequestException(Problems.UnsupportedType(http.Request.ContentType, OtlpReply.Protobuf, OtlpReply.Json));
        await Context.Bodies.ReadAsync(http.Request, body, http.RequestAborted);
        using var mapped = new BodyBuffer(share);
        var records = new LogRecords(_mapping, mapped);
        try
        {
            if (isJson)
                JsonLogs.Read(body.Written, records);
            else
                ProtobufLogs.Read(body.Written.Span, records);
        }
        catch (FormatException exception)
        {
            throw new RefusedRequestException(Problems.BadBody($"The body is no ExportLogsServiceRequest. {exception.Message}"));
        }

        records.AddTo(events);
        if (events.Batch.Count > 0)
            await AppendAsync(events.Batch, share, http.RequestAborted);
        Counters.AddRejected(records.Rejected);
        await OtlpReply.TakenAsync(http.Response, isJson, records.Rejected, records.Reason);
    }

    /// <summary>Whether a request is JSON; <see langword="null"/> where it is neither.</summary>
    private static bool? IsJson(HttpRequest request)
    {
        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out MediaTypeHeaderValue? type))
            return null;
        return type.MediaType.Equals(OtlpReply.Json, StringComparison.OrdinalIgnoreCase) ? true
            : type.MediaType.Equals(OtlpReply.Protobuf, StringComparison.OrdinalIgnoreCase) ? false
            : null;
    }
}
