using System.Text;
using AuditHost.Connectors.WebSocket;
using AuditHost.Fakes.WebSockets;
using AuditHost.Sdk;
using AuditHost.Sdk.Testing;

namespace AuditHost.Plugins.Tests.Conformance;

/// <summary>A collector that acknowledges, at the other end of the kit's connections.</summary>
public abstract class WebSocketConformance : StreamConnectorConformance
{
    /// <summary>Settings besides the endpoint.</summary>
    protected virtual string Further => string.Empty;

    protected override bool OpensByHttp => true;

    protected override ConnectorFactory CreateFactory() => new WebSocketFactory();

    protected override string Settings(Uri endpoint)
    {
        ArgumentNullException.ThrowIfNull(endpoint);
        return $$"""{"endpoint":"{{(Tls ? "wss" : "ws")}}://{{endpoint.Authority}}/audit"{{Further}}}""";
    }

    protected override Func<ReadOnlyMemory<byte>, ReadOnlyMemory<byte>>? CreateAnswers() => Session(static _ => { }).Feed;

    /// <summary>The key of the upgrade and the masks of the frames are drawn each time; what counts is what they carry.</summary>
    protected override string Understand(string received)
    {
        var text = new StringBuilder();
        Session(message => text.Append(message.Text).Append('\n')).Feed(Encoding.Latin1.GetBytes(received));
        return text.ToString();
    }

    private CollectorSession Session(Action<CollectedMessage> take)
    {
        var rules = new CollectorRules { AcknowledgesBatches = Further.Contains("per_batch", StringComparison.Ordinal) };
        return new CollectorSession(rules, message =>
        {
            take(message);
            return CollectorSession.Acknowledge(message, rules);
        });
    }
}
