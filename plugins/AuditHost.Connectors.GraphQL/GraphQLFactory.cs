using System.Text;
using AuditHost.Connectors.GraphQL;
using AuditHost.PluginKit.Http;
using AuditHost.PluginKit.Settings;
using AuditHost.PluginKit.Text;
using AuditHost.PluginKit.Transport;
using AuditHost.Sdk;

[assembly: Plugin(typeof(GraphQLFactory))]

namespace AuditHost.Connectors.GraphQL;

/// <summary><c>graphql</c>: sends events as mutations to a GraphQL server.</summary>
public sealed class GraphQLFactory() : ConnectorFactory<GraphQLSettings>(
    new ConnectorInfo("graphql", "Sends events as mutations to a GraphQL server, over HTTP or WebSocket.")
    {
        Content = BatchContent.Payload,
        Delivered = "The answer has no errors for the event, and the mutation's field, or what success_field names, is neither null nor false.",
        MaxConcurrency = 4,

        // Servers set the bound; Express and Apollo Server take bodies of 100 kB to 1 MB unless told otherwise, and halve what is refused.
        MaxBatchEvents = 500,
        MaxBatchBytes = 1_000_000,
    },
    SettingsContext.Default.GraphQLSettings)
{
    protected override IConnector Create(GraphQLSettings settings, PluginContext context)
    {
        GraphQLOperation operation = GraphQLOperation.Create(settings);
        var answers = new GraphQLAnswer(new ErrorCodes(settings.ErrorCodes), SuccessPath.Parse(settings.SuccessField), settings.Batch);
        if (settings.Transport == GraphQLTransport.Http)
        {
            GraphQLRules.CheckHttp(settings);
            return new GraphQLHttpConnector(HttpEndpointsOf(settings, context.Time), operation, answers, settings.Compression, context);
        }

        StreamEndpoints endpoints = SocketEndpointsOf(settings, context.Time);
        WebSocketOptions options = GraphQLRules.SocketOptionsOf(settings);
        ReadOnlyMemory<byte> init = InitOf(settings);
        return new GraphQLSocketConnector(() => new GraphQLChannel(endpoints, options, operation, answers, init, settings.MaxUnanswered, context));
    }

    protected override IReadOnlyList<Uri> Endpoints(GraphQLSettings settings) => settings.Transport == GraphQLTransport.Http
        ? HttpEndpointsOf(settings, TimeProvider.System).Shown
        : SocketEndpointsOf(settings, TimeProvider.System).Shown;

    private static HttpEndpoints HttpEndpointsOf(GraphQLSettings settings, TimeProvider time) =>
        HttpEndpoints.Parse("endpoint", settings.Endpoint, settings.Balancing, time);

    private static StreamEndpoints SocketEndpointsOf(GraphQLSettings settings, TimeProvider time) =>
        StreamEndpoints.ParseWebSockets("endpoint", settings.Endpoint, time);

    private static byte[] InitOf(GraphQLSettings settings)
    {
        using var message = new PooledBuffer(256);
        var json = new JsonWriter(message);
        json.BeginObject();
        json.Name("type"u8);
        json.String("connection_init"u8);
        if (settings.ConnectionInit.Count > 0)
        {
            json.Name("payload"u8);
            json.BeginObject();
            foreach ((string name, string value) in settings.ConnectionInit)
            {
                json.Name(Encoding.UTF8.GetBytes(name));
                json.String(Encoding.UTF8.GetBytes(value));
            }

            json.EndObject();
        }

        json.EndObject();
        json.Flush();
        return message.Written.ToArray();
    }
}
