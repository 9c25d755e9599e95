using AuditHost.PluginKit.Transport;
using AuditHost.Sdk;

namespace AuditHost.Connectors.GraphQL;

/// <summary>The close codes of <c>graphql-transport-ws</c> ("GraphQL over WebSocket Protocol" of the package graphql-ws); others mean what they always mean.</summary>
internal static class GraphQLCloseCode
{
    public static DeliveryResult MeaningOf(ClosedSocketException closed)
    {
        (FailureKind kind, string? text) = closed.Code switch
        {
            4400 => (FailureKind.Misconfigured, "it does not understand a message. Does it speak graphql-transport-ws?"),
            4401 => (FailureKind.Misconfigured, "the sender is not known. Check authentication and connection_init"),
            4403 => (FailureKind.Misconfigured, "the sender is refused. Check authentication and connection_init"),
            4406 => (FailureKind.Misconfigured, "it does not speak graphql-transport-ws"),
            4408 => (FailureKind.Transient, "it did not get connection_init in time"),
            4409 => (FailureKind.Misconfigured, "an id was used twice"),
            4429 => (FailureKind.Misconfigured, "connection_init came twice"),
            4500 => (FailureKind.Transient, "an internal error"),
            _ => (CloseCode.Classify(closed.Code), (string?)null),
        };
        return DeliveryResult.Failed(kind, text is null ? closed.Message : $"The server closed the connection: code {closed.Code}, {text}");
    }
}
