using System.Net.Sockets;
using AuditHost.Sdk;
using Polly.Timeout;

namespace AuditHost.Delivery;

/// <summary>Reads what a connector threw as an outcome of the contract.</summary>
internal static class OutcomeMap
{
    public static DeliveryResult FromException(Exception exception, out bool unclassified)
    {
        unclassified = false;

        // A file that the settings name and that cannot be read now: the operator's to mend, and no reason to give an event up.
        if (exception is SettingsException settings)
            return DeliveryResult.Failed(FailureKind.Misconfigured, OneLine($"{settings.Setting}: {settings.Message}"));
        unclassified = exception is not (HttpRequestException or IOException or SocketException or TimeoutException
            or TimeoutRejectedException or OperationCanceledException);
        string reason = exception switch
        {
            TimeoutRejectedException timeout => $"No answer within {timeout.Timeout.TotalSeconds:0.###} s.",
            OperationCanceledException => "The connector gave up waiting.",
            _ when unclassified => $"{exception.GetType().Name}: {exception.Message}",
            _ => Innermost(exception),
        };
        return DeliveryResult.Failed(FailureKind.Transient, OneLine(reason));
    }

    /// <summary>How many events of a batch an outcome delivers. One that names events outside of the batch delivers none.</summary>
    public static int DeliveredOf(DeliveryResult result, int count)
    {
        if (result.Failures is not { } failures)
            return result.IsDelivered ? count : 0;
        return failures.Any(failure => (uint)failure.Index >= (uint)count) ? 0 : count - failures.DistinctBy(failure => failure.Index).Count();
    }

    /// <summary>The retriable outcome of a batch that failed in part, for the back-off that follows.</summary>
    public static DeliveryResult RetriableOf(DeliveryResult result)
    {
        if (result.Failures is not { } failures)
            return result;
        EventFailure worst = failures.Where(failure => !HostFailure.IsFinal(failure.Kind))
            .DefaultIfEmpty(failures[0]).MaxBy(failure => failure.Kind);
        return DeliveryResult.Failed(worst.Kind, worst.Reason, result.RetryAfter).WithResponse(worst.Status ?? result.Status, result.Response);
    }

    // HttpRequestException says «an error occurred»; the socket's own words stand inside.
    private static string Innermost(Exception exception) =>
        exception.InnerException is { } inner && inner.Message.Length > 0 && !exception.Message.Contains(inner.Message, StringComparison.Ordinal)
            ? $"{exception.Message} {inner.Message}"
            : exception.Message;

    private static string OneLine(string text) => text.ReplaceLineEndings(" ");
}
