using System.Text.Json.Serialization;

namespace AuditHost.Connectors.GraphQL;

/// <summary>What carries the mutations.</summary>
public enum GraphQLTransport
{
    /// <summary>HTTP, by the draft specification "GraphQL over HTTP".</summary>
    [JsonStringEnumMemberName("http")]
    Http,

    /// <summary>WebSocket, by the subprotocol <c>graphql-transport-ws</c>.</summary>
    [JsonStringEnumMemberName("websocket")]
    WebSocket,
}
