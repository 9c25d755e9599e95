using AuditHost.PluginKit.Http;

namespace AuditHost.Connectors.CloudWatch;

/// <summary>What CloudWatch Logs answered, read to its end or to 64 KiB.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Code">The error's name without its namespace; <see langword="null"/> for a success and where there is none.</param>
/// <param name="Message">What the error says. Never for a reason: it may quote the request.</param>
/// <param name="Body">The body.</param>
/// <param name="IsWhole">Whether that is all of it.</param>
/// <param name="RequestId">What AWS calls the request.</param>
/// <param name="RetryAfter">How long to wait.</param>
/// <param name="Skew">How far this machine's clock is ahead of AWS's, where the answer has a date.</param>
/// <param name="StatusText">What the status alone says.</param>
internal sealed record LogsAnswer(
    int Status,
    string? Code,
    string? Message,
    ReadOnlyMemory<byte> Body,
    bool IsWhole,
    string? RequestId,
    TimeSpan? RetryAfter,
    TimeSpan? Skew,
    string StatusText)
{
    /// <summary>Whether it is a success of AWS itself, which answers 200 and gives each request an id.</summary>
    public bool IsSuccess => Status == 200 && RequestId is not null;

    /// <summary>The beginning of the body as one line.</summary>
    public string? Text => ResponseText.Clean(Body.Span[..Math.Min(Body.Length, Sdk.DeliveryResult.MaxResponseBytes)]);
}
