using System.Text;

namespace AuditHost.Fakes.GraphQL;

/// <summary>Counts the events of a request without reading it, and answers that all are stored; for load.</summary>
internal sealed class GraphQLCounter
{
    private const string One = """{"id":"stored"}""";

    private readonly Dictionary<int, byte[]> _lists = [];
    private readonly Lock _lock = new();
    private long _count;

    public long Count => Volatile.Read(ref _count);

    public ReadOnlyMemory<byte> Answer(ReadOnlySpan<byte> parameters)
    {
        int events = parameters.Count("\"event_id\":"u8);
        Interlocked.Add(ref _count, events);
        int kind = parameters.IndexOf("ingestAuditEvents"u8) >= 0 ? events : -1;
        lock (_lock)
        {
            if (!_lists.TryGetValue(kind, out byte[]? answer))
            {
                string data = kind < 0 ? $"\"ingestAuditEvent\":{One}" : $"\"ingestAuditEvents\":[{string.Join(',', Enumerable.Repeat(One, kind))}]";
                _lists[kind] = answer = Encoding.UTF8.GetBytes($$$"""{"data":{{{{data}}}}}""");
            }

            return answer;
        }
    }
}
