using AuditHost.Fakes;

namespace AuditHost.Load;

/// <summary>Takes whatever is posted and counts its lines.</summary>
internal sealed class LineServer : FakeHttpServer
{
    private long _lineCount;

    public long LineCount => Volatile.Read(ref _lineCount);

    protected override FakeAnswer Answer(FakeRequest request)
    {
        Interlocked.Add(ref _lineCount, request.Body.Span.Count((byte)'\n'));
        return new FakeAnswer(200);
    }
}
