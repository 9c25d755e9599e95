using AuditHost.Sdk;

namespace AuditHost.PluginKit.Transport;

/// <summary>A server that is there, and does not want this connection or does not speak the protocol.</summary>
/// <param name="result">What that means for the batch that was to be sent.</param>
public sealed class RefusedConnectionException(DeliveryResult result) : IOException(result.Reason)
{
    /// <summary>What it means for the batch that was to be sent.</summary>
    public DeliveryResult Result { get; } = result;
}
