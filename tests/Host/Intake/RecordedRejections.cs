using System.Text;
using AuditHost.Intake;

namespace AuditHost.Tests.Intake;

/// <summary>Rejected input in memory. A test can wait for a number of pieces.</summary>
internal sealed class RecordedRejections : IRejectedInput
{
    private readonly Lock _gate = new();
    private readonly List<(long Offset, long Length, string Data, string Reason)> _pieces = [];
    private TaskCompletionSource _grown = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public IReadOnlyList<(long Offset, long Length, string Data, string Reason)> Pieces
    {
        get
        {
            lock (_gate)
                return [.. _pieces];
        }
    }

    public int Syncs { get; private set; }

    public async Task WaitForAsync(int count)
    {
        while (true)
        {
            Task grown;
            lock (_gate)
            {
                if (_pieces.Count >= count)
                    return;
                grown = _grown.Task;
            }

            await grown.WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
        }
    }

    public void Reject(string source, in RejectedPiece piece)
    {
        lock (_gate)
        {
            _pieces.Add((piece.Offset, piece.Length, Encoding.Latin1.GetString(piece.FirstBytes.Span), piece.Reason));
            _grown.TrySetResult();
            _grown = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }

    public void Sync(string source) => Syncs++;
}
