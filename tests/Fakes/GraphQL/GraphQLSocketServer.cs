using System.Collections.Concurrent;
using System.Security.Cryptography.X509Certificates;
using System.Threading.Channels;

namespace AuditHost.Fakes.GraphQL;

/// <summary>A GraphQL server over WebSocket.</summary>
public sealed class GraphQLSocketServer(X509Certificate2? certificate = null) : FakeStreamServer(certificate)
{
    private readonly ConcurrentQueue<Func<GraphQLOperationRequest, GraphQLSocketAnswer?>> _answers = [];
    private readonly Channel<GraphQLOperationRequest> _arrivals = Channel.CreateUnbounded<GraphQLOperationRequest>();

    public GraphQLStore Store { get; } = new();

    /// <summary>Where it listens, as a WebSocket address.</summary>
    public string Url => $"{(Address.Scheme == "tls" ? "wss" : "ws")}://{Address.Authority}/graphql";

    /// <summary>What <c>connection_init</c> has to carry.</summary>
    public string? InitPayload { get; init; }

    /// <summary>Answers the next operations in these ways; those after them are run.</summary>
    public void AnswerNext(params IEnumerable<Func<GraphQLOperationRequest, GraphQLSocketAnswer?>> answers)
    {
        foreach (Func<GraphQLOperationRequest, GraphQLSocketAnswer?> answer in answers)
            _answers.Enqueue(answer);
    }

    /// <summary>The next operation that nobody has waited for.</summary>
    public ValueTask<GraphQLOperationRequest> NextAsync(CancellationToken cancellationToken) => _arrivals.Reader.ReadAsync(cancellationToken);

    protected override async Task ServeAsync(Stream stream, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(stream);
        var session = new GraphQLSocketSession(Run) { InitPayload = InitPayload };
        byte[] buffer = new byte[64 << 10];
        while (!session.IsOver && await stream.ReadAsync(buffer, cancellationToken) is > 0 and var read)
            await stream.WriteAsync(session.Feed(buffer.AsMemory(0, read)), cancellationToken);
        if ((session.Violation ?? session.Broken) is { } violation)
            Break(violation);
    }

    private GraphQLSocketAnswer? Run(GraphQLOperationRequest request)
    {
        GraphQLSocketAnswer? answer = _answers.TryDequeue(out Func<GraphQLOperationRequest, GraphQLSocketAnswer?>? next)
            ? next(request)
            : GraphQLSocketAnswer.Of(request.Id, Store.Run(request.Parameters));
        _arrivals.Writer.TryWrite(request);
        return answer;
    }
}
