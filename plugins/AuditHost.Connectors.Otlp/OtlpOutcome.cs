using AuditHost.PluginKit.Http;
using AuditHost.Sdk;

namespace AuditHost.Connectors.Otlp;

/// <summary>
/// What an answer means for a batch, by "OTLP/HTTP Response" of the specification. A batch is halved only where nothing of it was taken;
/// where that is not known, each of its events becomes a dead letter, since sending it again in any form is forbidden.
/// </summary>
internal sealed class OtlpOutcome(OtlpOptions options, PluginContext context)
{
    private readonly ReceiverWarnings _warnings = new(context);

    public DeliveryResult Of(OtlpAnswer answer, int count)
    {
        if (answer.Status is < 200 or > 299)
            return Failed(answer, count).WithResponse(answer.Status, answer.Text);
        if (!answer.IsSuccess)
            return DeliveryResult.Failed(FailureKind.Misconfigured, NotOtlp(answer)).WithResponse(answer.Status, answer.Text);
        if (answer.IsTooLong)
            return Dead(count, $"HTTP {answer.Status} with more than {AnswerBody.MaxBytes >> 20} MiB of answer: what was taken is not known").WithResponse(answer.Status, null);
        if (answer.Read(options.Logs) is { } export)
            return export.Rejected == 0 ? Delivered(answer, export) : Partial(export, count).WithResponse(answer.Status, export.Message);
        FailureKind kind = answer.Type == AnswerType.Foreign ? FailureKind.Misconfigured : FailureKind.Transient;
        return DeliveryResult.Failed(kind, NotOtlp(answer)).WithResponse(answer.Status, answer.Text);
    }

    /// <summary>The reason why something that answers is no receiver.</summary>
    public static string NotOtlp(OtlpAnswer answer) => $"HTTP {answer.Status} without the answer of an OTLP receiver. Check the endpoint, its path included";

    private DeliveryResult Delivered(OtlpAnswer answer, ExportAnswer export)
    {
        _warnings.Warning(export.Message);
        return DeliveryResult.Delivered.WithResponse(answer.Status, null);
    }

    private DeliveryResult Partial(ExportAnswer export, int count)
    {
        // More than there were, or fewer than none, can only mean that they were not taken.
        bool isAll = export.Rejected >= count || export.Rejected < 0;
        if (isAll)
            return Dead(count, "The receiver rejected the record, and with it all others of its batch");
        if (options.PartialSuccess == PartialSuccess.DeadLetters)
            return Dead(count, $"The receiver rejected {export.Rejected} of {count} records, and does not say which; this one may have been taken");
        _warnings.Loss(export.Rejected, count, export.Message);
        return DeliveryResult.Acknowledged($"partial success: {export.Rejected} of {count} records rejected");
    }

    private DeliveryResult Failed(OtlpAnswer answer, int count)
    {
        TimeSpan? retryAfter = RetryAfter.Of(answer.Response, context.Time);
        string reason = HttpOutcome.Describe(answer.Response);
        if (options.RetryStatus.Contains(answer.Status))
            return DeliveryResult.Failed(retryAfter is null ? FailureKind.Transient : FailureKind.Throttled, reason, retryAfter);
        FailureKind kind = HttpOutcome.Classify(answer.Response.StatusCode, retryAfter is not null) ?? FailureKind.Transient;
        return kind == FailureKind.Transient && answer.Status is not (502 or 503 or 504)
            ? Dead(count, $"{reason}: OTLP forbids sending it again, and some of its batch may have been taken. Where this status passes by itself, list it under retry_status")
            : DeliveryResult.Failed(kind, reason, retryAfter);
    }

    private static DeliveryResult Dead(int count, string reason)
    {
        var failures = new EventFailure[count];
        for (int index = 0; index < count; index++)
            failures[index] = new EventFailure(index, FailureKind.Rejected, reason);
        return DeliveryResult.Partial(failures);
    }
}
