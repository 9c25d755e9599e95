using System.Diagnostics.Tracing;
using AuditHost.PluginKit.Http;
using AuditHost.PluginKit.Text;
using AuditHost.Sdk;

namespace AuditHost.Connectors.AppDynamics.Metrics;

/// <summary>Reports to a machine agent how many events of each type and severity there were.</summary>
internal sealed class MetricReporter
{
    /// <summary>Figures that go beside events may not hold these up: how long an agent may take, and how long one that failed is left alone.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(30);

    private readonly Lock _lock = new();
    private readonly TypeNames _types = new();
    private readonly MetricBody _body;
    private readonly Uri _address;
    private readonly PluginContext _context;
    private EventCounts? _carried;
    private DateTimeOffset _restsUntil;

    private MetricReporter(Uri address, string path, PluginContext context)
    {
        _address = address;
        _body = new MetricBody(path, _types);
        _context = context;
    }

    /// <exception cref="SettingsException">A setting cannot work.</exception>
    public static MetricReporter Create(MachineAgentSettings settings, PluginContext context)
    {
        Uri address = AgentAddress.Parse(settings);
        if (!address.IsLoopback)
            context.Log(EventLevel.Warning, "machine_agent.endpoint is another machine's: the agent's listener asks nobody who he is, so keep others away from it.");
        return new MetricReporter(address, MetricPath.Check("machine_agent.metric_path", settings.MetricPath), context);
    }

    /// <summary>Reports a batch of which nothing else is sent.</summary>
    public ValueTask<DeliveryResult> ReportAsync(EventBatch batch, CancellationToken cancellationToken)
    {
        var counts = new EventCounts();
        counts.Add(batch, _types);
        return PostAsync(counts, cancellationToken);
    }

    /// <summary>
    /// Reports a batch whose events are delivered. Figures that the agent does not take are carried to a later batch: the events must not be
    /// published again for their sake.
    /// </summary>
    public async ValueTask ReportBesideAsync(EventBatch batch, CancellationToken cancellationToken)
    {
        var counts = new EventCounts();
        counts.Add(batch, _types);
        if (!TryTake(counts))
            return;
        string? failure = await TryPostAsync(counts, cancellationToken).ConfigureAwait(false);
        Remember(counts, failure);
    }

    public ValueTask ProbeAsync(CancellationToken cancellationToken) => HttpProbe.CheckAsync(_context.Http, _address, cancellationToken);

    private async ValueTask<DeliveryResult> PostAsync(EventCounts counts, CancellationToken cancellationToken)
    {
        using var body = new PooledBuffer(4 << 10);
        _body.Write(counts, body);
        using var request = new HttpRequestMessage(HttpMethod.Post, _address) { Content = HttpPayload.Create(body.Written, "application/json") };
        using HttpResponseMessage response = await _context.Http
            .SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken).ConfigureAwait(false);
        return await AgentAnswer.ReadAsync(response, _context.Time, cancellationToken).ConfigureAwait(false);
    }

    /// <returns>What went wrong; <see langword="null"/> for nothing.</returns>
    private async ValueTask<string?> TryPostAsync(EventCounts counts, CancellationToken cancellationToken)
    {
        using var patience = new CancellationTokenSource(Patience, _context.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        try
        {
            return (await PostAsync(counts, either.Token).ConfigureAwait(false)).Reason;
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException)
        {
            return exception.Message;
        }
        catch (OperationCanceledException)
        {
            // Also where the batch's own deadline has come: its events are delivered, whatever becomes of the figures.
            return "no answer in time";
        }
    }

    /// <summary>Adds what was carried to the counts, unless the agent is left alone; then they are carried too.</summary>
    private bool TryTake(EventCounts counts)
    {
        lock (_lock)
        {
            if (_context.Time.GetUtcNow() < _restsUntil)
            {
                (_carried ??= new EventCounts()).Add(counts);
                return false;
            }

            if (_carried is not null)
                counts.Add(_carried);
            _carried = null;
            return true;
        }
    }

    private void Remember(EventCounts counts, string? failure)
    {
        bool hadFailed;
        lock (_lock)
        {
            hadFailed = _restsUntil != default;
            _restsUntil = failure is null ? default : _context.Time.GetUtcNow() + Rest;
            if (failure is not null)
            {
                if (_carried is not null)
                    counts.Add(_carried);
                _carried = counts;
            }
        }

        if (failure is not null && !hadFailed)
            _context.Log(EventLevel.Warning, $"The machine agent does not take metrics: {failure}. The events are delivered; their counts go with a later batch.");
        else if (failure is null && hadFailed)
            _context.Log(EventLevel.Informational, "The machine agent takes metrics again.");
    }
}
