using System.Net.Sockets;

namespace AuditHost.Sdk.Testing;

/// <summary>How a send ended: with a result, or with an exception.</summary>
internal readonly record struct SendOutcome(DeliveryResult Result, Exception? Exception)
{
    /// <summary>Whether the connector claims that every event is at the destination.</summary>
    public bool IsDelivered => Exception is null && Result.IsDelivered;

    public bool IsCancellation => Exception is OperationCanceledException;

    /// <summary>Whether the exception is one that the contract classifies.</summary>
    public bool IsDocumented => Exception is null or OperationCanceledException or HttpRequestException or IOException or SocketException or TimeoutException;

    /// <summary>The kinds of all failures: the batch's, or those of the single events.</summary>
    public IEnumerable<FailureKind> Kinds => Result.Failures?.Select(failure => failure.Kind) ?? (Result.Kind == 0 ? [] : [Result.Kind]);

    public override string ToString() => this switch
    {
        { Exception: { } exception } => $"{exception.GetType().Name}: {exception.Message}",
        { Result.Failures: { } failures } => "Partial(" + string.Join(", ", failures.Select(failure => $"{failure.Index} {failure.Kind}: {failure.Reason}")) + ")",
        { Result.IsDelivered: true } => "Delivered",
        _ => $"{Result.Kind}: {Result.Reason}",
    };
}
