using AuditHost.Sdk;

namespace AuditHost.Faults.Simulation;

/// <summary>The host's end of the way to a destination.</summary>
internal sealed class SimulatedConnector(SimulatedDestination destination, TimeProvider time, int process) : IConnector
{
    private bool _started;

    public async ValueTask StartAsync(CancellationToken cancellationToken)
    {
        await destination.StartAsync(time, cancellationToken);
        _started = true;
    }

    public async ValueTask<DeliveryResult> SendAsync(EventBatch batch, CancellationToken cancellationToken)
    {
        destination.Ledger.Require(_started, $"was sent to before it was started");
        SimulatedCall call = destination.Receive(batch, process);
        DeliveryResult? answer = null;
        try
        {
            answer = await destination.AnswerAsync(call, time, cancellationToken);
            return answer.Value;
        }
        finally
        {
            destination.Ended(call, answer);
        }
    }

    public ValueTask ProbeAsync(CancellationToken cancellationToken) => destination.ProbeAsync(time, cancellationToken);
}
