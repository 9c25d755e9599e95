using AuditHost.Configuration.Options;
using AuditHost.Security;
using Microsoft.Extensions.ObjectPool;

namespace AuditHost.Intake.Http;

/// <summary>What the sources of the web server share: where events go, who may send, and what all requests together may hold.</summary>
internal sealed class HttpSourceContext
{
    private const int PooledCollectors = 32;

    public HttpSourceContext(IEventSink sink, HttpListenerOptions options, TimeProvider time)
    {
        Sink = sink;
        Time = time;
        Tokens = new BearerTokenAuthenticator(options.Tokens);
        var limits = new IntakeLimits(options);
        Bodies = new BodyReader(limits);
        Memory = new MemoryBudget(limits.MaxBufferedBytes);
        Collectors = new DefaultObjectPool<EventCollector>(new EventCollectorPolicy(limits), PooledCollectors);
    }

    public IEventSink Sink { get; }

    public TimeProvider Time { get; }

    public BearerTokenAuthenticator Tokens { get; }

    public BodyReader Bodies { get; }

    public MemoryBudget Memory { get; }

    public ObjectPool<EventCollector> Collectors { get; }
}
