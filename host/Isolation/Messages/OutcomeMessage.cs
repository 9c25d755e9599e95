using AuditHost.Configuration.Secrets;
using AuditHost.Sdk;

namespace AuditHost.Isolation.Messages;

/// <summary>What became of a call, on the wire. Without a kind and without failures it succeeded.</summary>
internal sealed record OutcomeMessage
{
    public FailureKind Kind { get; init; }

    public string? Reason { get; init; }

    /// <summary>The setting that the reason is about, where there is one.</summary>
    public string? Setting { get; init; }

    public TimeSpan? RetryAfter { get; init; }

    public IReadOnlyList<EventFailure>? Failures { get; init; }

    public string? AcknowledgementId { get; init; }

    public IReadOnlyList<string?>? AcknowledgementIds { get; init; }

    public int? Status { get; init; }

    public string? Response { get; init; }

    /// <summary>What a plugin provides, where that was asked.</summary>
    public IReadOnlyList<FactoryMessage>? Factories { get; init; }

    /// <summary>Where settings lead, where that was asked.</summary>
    public IReadOnlyList<string>? Endpoints { get; init; }

    /// <summary>An event as it would be sent, where that was asked.</summary>
    public byte[]? Rendered { get; init; }

    /// <summary>What a search found, where that was asked.</summary>
    public FoundMessage? Found { get; init; }

    /// <summary>Why the content of the template's file is not the one that renders, where that is so.</summary>
    public string? TemplateProblem { get; init; }

    /// <summary>Whether the call was ended because the host wished it.</summary>
    public bool Cancelled { get; init; }

    /// <summary>Bytes that were rendered and handed to the connector.</summary>
    public long Bytes { get; init; }

    /// <summary>What was sent of events that the destination refused, by their places in the journal.</summary>
    public IReadOnlyDictionary<ulong, byte[]>? Sent { get; init; }

    public static OutcomeMessage Of(DeliveryResult result) => new()
    {
        Kind = result.Kind,
        Reason = result.Reason,
        RetryAfter = result.RetryAfter,
        Failures = result.Failures,
        AcknowledgementId = result.AcknowledgementId,
        AcknowledgementIds = result.AcknowledgementIds,
        Status = result.Status,
        Response = result.Response,
    };

    /// <summary>The same without the tokens that were issued to this process, which the host does not know.</summary>
    public OutcomeMessage Redacted(Redactor tokens) => this with
    {
        Reason = Reason is { } reason ? tokens.Redact(reason) : null,
        Response = Response is { } response ? tokens.Redact(response) : null,
        Failures = Failures is { } failures ? [.. failures.Select(failure => failure with { Reason = tokens.Redact(failure.Reason) })] : null,
    };

    public DeliveryResult ToResult()
    {
        DeliveryResult result = Failures is { } failures
            ? DeliveryResult.Partial(failures, RetryAfter)
            : Kind == 0 ? DeliveryResult.Delivered : DeliveryResult.Failed(Kind, Reason ?? Kind.ToString(), RetryAfter);
        result = result.WithResponse(Status, Response).WithAcknowledgement(AcknowledgementId);
        return AcknowledgementIds is { } ids ? result.WithAcknowledgements(ids) : result;
    }
}
