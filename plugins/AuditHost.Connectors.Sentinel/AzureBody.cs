using AuditHost.PluginKit.Http;
using AuditHost.Sdk;

namespace AuditHost.Connectors.Sentinel;

/// <summary>Checks a body before it is sent. Azure answers 204 to JSON that is no array, and stores nothing of it (azure-sdk-for-python, issue 32562).</summary>
internal static class AzureBody
{
    /// <summary>What is wrong with a body; <see langword="null"/> where it can be sent.</summary>
    /// <param name="batch">What it was made of.</param>
    /// <param name="body">The body.</param>
    /// <param name="limit">The most bytes that the API takes.</param>
    public static DeliveryResult? Check(EventBatch batch, ReadOnlySpan<byte> body, int limit)
    {
        if (!JsonMediaType.Matches(batch.ContentType) || !body.TrimStart(" \t\r\n"u8).StartsWith("["u8))
            return DeliveryResult.Failed(FailureKind.Misconfigured, "Azure takes JSON objects in an array, and this is none. Use the format sentinel, another one of JSON objects, or a template that renders them");
        return body.Length > limit
            ? DeliveryResult.Failed(FailureKind.TooLarge, $"{body.Length} bytes; a request to Azure may have {limit}")
            : null;
    }
}
