using System.Text;
using AuditHost.Connectors.GraphQL;
using AuditHost.Fakes.GraphQL;
using AuditHost.Sdk;
using AuditHost.Sdk.Testing;

namespace AuditHost.Plugins.Tests.Conformance;

/// <summary>A server of <c>graphql-transport-ws</c> at the other end of the kit's connections.</summary>
public abstract class GraphQLSocketConformance : StreamConnectorConformance
{
    /// <summary>Settings besides the endpoint.</summary>
    protected virtual string Further => string.Empty;

    protected override bool OpensByHttp => true;

    protected override ConnectorFactory CreateFactory() => new GraphQLFactory();

    protected override string Settings(Uri endpoint)
    {
        ArgumentNullException.ThrowIfNull(endpoint);
        return $$$"""{"endpoint":"{{{(Tls ? "wss" : "ws")}}}://{{{endpoint.Authority}}}/graphql","transport":"websocket","connection_init":{"token":"kit-token-77e1"}{{{Further}}}}""";
    }

    protected override Func<ReadOnlyMemory<byte>, ReadOnlyMemory<byte>>? CreateAnswers()
    {
        var store = new GraphQLStore();
        return new GraphQLSocketSession(request => GraphQLSocketAnswer.Of(request.Id, store.Run(request.Parameters))) { InitPayload = """{"token":"kit-token-77e1"}""" }.Feed;
    }

    /// <summary>The key of the upgrade and the masks of the frames are drawn each time; what counts is what they carry.</summary>
    protected override string Understand(string received)
    {
        var text = new StringBuilder();
        new GraphQLSocketSession(request =>
        {
            text.Append(request.Id).Append(' ').Append(request.Parameters.GetRawText()).Append('\n');
            return null;
        }).Feed(Encoding.Latin1.GetBytes(received));
        return text.ToString();
    }
}
