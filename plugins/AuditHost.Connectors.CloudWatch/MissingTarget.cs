using System.Diagnostics.Tracing;
using AuditHost.PluginKit.Aws;
using AuditHost.PluginKit.Text;
using AuditHost.Sdk;

namespace AuditHost.Connectors.CloudWatch;

/// <summary>
/// Creates the group and the stream when a batch finds that there is none: a destination whose stream exists needs no right to create.
/// </summary>
internal sealed class MissingTarget(LogsClient client, LogsRequests requests, CloudWatchSettings settings, PluginContext context)
{
    public bool CreatesGroup => settings.CreateGroup;

    /// <summary>Creates what may be created. The batch was not taken and comes again in any case.</summary>
    /// <param name="missing">The answer to the batch.</param>
    /// <param name="credentials">Who signs.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async ValueTask<DeliveryResult> CreateAsync(LogsAnswer missing, AwsCredentials credentials, CancellationToken cancellationToken)
    {
        bool created = false;
        if (settings.CreateGroup)
        {
            LogsAnswer group = await CallAsync("CreateLogGroup", requests.CreateLogGroup(), credentials, cancellationToken).ConfigureAwait(false);
            if (group.IsSuccess)
                await KeepAsync(credentials, cancellationToken).ConfigureAwait(false);
            else if (!LogsFailure.IsThere(group) && (!settings.CreateStream || !IsForbidden(group)))
                return Failed("log group", group);
            created = group.IsSuccess;
        }

        if (settings.CreateStream)
        {
            LogsAnswer stream = await CallAsync("CreateLogStream", requests.CreateLogStream(), credentials, cancellationToken).ConfigureAwait(false);
            if (!stream.IsSuccess && !LogsFailure.IsThere(stream))
                return Failed(LogsFailure.IsMissing(stream) ? "log group, which does not exist, nor the log stream in it," : "log stream", stream);
            created = true;
        }

        return created
            ? DeliveryResult
                .Failed(FailureKind.Transient, "The log group or stream did not exist and was created; the batch is sent again")
                .WithResponse(missing.Status, missing.Text)
            : DeliveryResult
                .Failed(FailureKind.Misconfigured, "ResourceNotFoundException: the log group or stream does not exist. Create it, or set create_group and create_stream")
                .WithResponse(missing.Status, missing.Text);
    }

    // Often the group is there and the key may create streams alone; whether it is there shows when the stream is created.
    private static bool IsForbidden(LogsAnswer answer) => answer.Code == "AccessDeniedException";

    private static DeliveryResult Failed(string what, LogsAnswer answer)
    {
        (FailureKind kind, string reason) = LogsFailure.Classify(answer);

        // Here it is never the events that are refused.
        if (kind is FailureKind.Rejected or FailureKind.TooLarge)
            kind = FailureKind.Misconfigured;
        return DeliveryResult
            .Failed(kind, $"The {what} could not be created. {reason}", answer.RetryAfter)
            .WithResponse(answer.Status, answer.Text);
    }

    private async ValueTask KeepAsync(AwsCredentials credentials, CancellationToken cancellationToken)
    {
        if (settings.RetentionDays is not { } days)
            return;
        LogsAnswer answer = await CallAsync("PutRetentionPolicy", requests.PutRetentionPolicy(days), credentials, cancellationToken).ConfigureAwait(false);
        if (!answer.IsSuccess)
        {
            context.Log(
                EventLevel.Warning,
                $"The log group {settings.LogGroup} was created, but keeps its events for ever: retention_days could not be set ({LogsFailure.Classify(answer).Reason}). Set it by hand.");
        }
    }

    private async ValueTask<LogsAnswer> CallAsync(string action, PooledBuffer body, AwsCredentials credentials, CancellationToken cancellationToken)
    {
        using (body)
            return await client.CallAsync(action, body.Written, credentials, cancellationToken).ConfigureAwait(false);
    }
}
