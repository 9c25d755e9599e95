using System.Net;
using System.Text.Json;
using AuditHost.PluginKit.Http;
using AuditHost.Sdk;

namespace AuditHost.Connectors.AppDynamics.Events;

/// <summary>
/// An answer of the Events Service. Its errors are <c>{"statusCode":404,"code":"Missing.EventType","message":…}</c>; a success has JSON or
/// nothing.
/// </summary>
internal sealed class EventsAnswer : IDisposable
{
    /// <summary>A schema of some hundred columns is far smaller.</summary>
    private const int MaxBytes = 256 << 10;

    private const int LongestCode = 64;

    private readonly JsonAnswer _body;
    private readonly string _description;
    private readonly TimeSpan? _retryAfter;

    private EventsAnswer(HttpStatusCode status, JsonAnswer body, string description, TimeSpan? retryAfter)
    {
        Status = status;
        _body = body;
        _description = description;
        _retryAfter = retryAfter;
    }

    public HttpStatusCode Status { get; }

    public bool IsSuccess => (int)Status is >= 200 and <= 299;

    /// <summary>Whether the body is what the API writes: JSON, or nothing at all. A page of somebody's proxy is neither.</summary>
    public bool IsOfTheApi => _body.Root is not null || _body.Text is null;

    /// <summary>The error that the body speaks of, whatever the status says; <see langword="null"/> for none.</summary>
    public int? ErrorInBody => _body.Integer("statusCode") is >= 400 and var status ? status : null;

    /// <summary>The columns of a schema that was asked for; <see langword="null"/> where the answer has none.</summary>
    public JsonElement? Schema => _body.Find("schema") is { ValueKind: JsonValueKind.Object } schema ? schema : null;

    /// <summary>The kind of failure by the status alone.</summary>
    public FailureKind Kind => HttpOutcome.Classify(Status, _retryAfter is not null) ?? FailureKind.Misconfigured;

    /// <summary>The status in words and, where it has one, the error's code. Nothing else of the answer, which is anybody's text.</summary>
    public string Description => CodeOf(_body) is { } code ? $"{_description}, {code}" : _description;

    /// <exception cref="IOException">A success broke off: what it would have said is not known.</exception>
    public static async ValueTask<EventsAnswer> ReadAsync(HttpResponseMessage response, TimeProvider time, CancellationToken cancellationToken)
    {
        JsonAnswer body = await JsonAnswer.ReadAsync(response, MaxBytes, cancellationToken).ConfigureAwait(false);
        return new EventsAnswer(response.StatusCode, body, HttpOutcome.Describe(response), RetryAfter.Of(response, time));
    }

    /// <summary>The failure that this answer is.</summary>
    /// <param name="kind">Its kind.</param>
    /// <param name="reason">What is wrong and what to do about it.</param>
    public DeliveryResult Failed(FailureKind kind, string reason) =>
        DeliveryResult.Failed(kind, reason, _retryAfter).WithResponse((int)Status, _body.Text);

    public void Dispose() => _body.Dispose();

    private static string? CodeOf(JsonAnswer body) =>
        body.String("code") is { Length: > 0 and <= LongestCode } code && code.All(static one => char.IsAsciiLetterOrDigit(one) || one is '.' or '_' or '-') ? code : null;
}
