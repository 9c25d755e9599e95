using System.Text.Json;
using AuditHost.Connectors.Datadog.EventStream;
using AuditHost.Connectors.Datadog.Logs;
using AuditHost.Connectors.Datadog.Metrics;
using AuditHost.Connectors.Datadog.Spans;
using AuditHost.PluginKit.Http;
using AuditHost.Sdk;

namespace AuditHost.Connectors.Datadog;

/// <summary>
/// Sends a batch to one intake after the other. What one of them has taken is not sent to it again while the others are tried: an event is
/// delivered when all have it.
/// </summary>
internal sealed class DatadogConnector : IConnector
{
    private const int MaxAnswerBytes = 64 << 10;

    private readonly TakenEvents _taken = new();
    private readonly DatadogOptions _options;
    private readonly IIntake[] _intakes;
    private readonly PluginContext _context;

    public DatadogConnector(DatadogOptions options, PluginContext context)
    {
        _options = options;
        _context = context;
        _intakes = [.. IntakesOf(options, context)];
    }

    public async ValueTask<DeliveryResult> SendAsync(EventBatch batch, CancellationToken cancellationToken)
    {
        using var progress = new BatchProgress(batch, _taken);
        DeliveryResult result = default;
        foreach (IIntake intake in _intakes)
        {
            result = await intake.SendAsync(progress, cancellationToken).ConfigureAwait(false);
            if (!result.IsDelivered)
                break;
        }

        return progress.Finish(result);
    }

    public async ValueTask ProbeAsync(CancellationToken cancellationToken)
    {
        if (_options.ApiKey.Length > 0)
            await _options.Addresses.Validate.ProbeAsync(endpoint => ValidateAsync(endpoint, cancellationToken)).ConfigureAwait(false);
        foreach (IIntake intake in _intakes)
            await intake.ProbeAsync(cancellationToken).ConfigureAwait(false);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (IAsyncDisposable intake in _intakes.OfType<IAsyncDisposable>())
            await intake.DisposeAsync().ConfigureAwait(false);
    }

    /// <summary>In the order they are sent to: what shows an event twice if it comes twice before what counts it twice.</summary>
    private static IEnumerable<IIntake> IntakesOf(DatadogOptions options, PluginContext context)
    {
        if (options.Signals.Contains(DatadogSignal.Logs))
            yield return new LogsIntake(options, context);
        if (options.SendsSpans)
            yield return new SpansIntake(options, context);
        if (options.Signals.Contains(DatadogSignal.Events))
            yield return new EventsIntake(options, context);
        if (options.Signals.Contains(DatadogSignal.Metrics))
        {
            var metrics = new AuditMetrics(options.MetricPrefix);
            yield return new DistributionsIntake(options, metrics, context);
            yield return new SeriesIntake(options, metrics, context);
        }

        if (options.Signals.Contains(DatadogSignal.DogStatsd))
            yield return new DogStatsdIntake(options, new AuditMetrics(options.MetricPrefix), context);
    }

    private async ValueTask ValidateAsync(Uri endpoint, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, endpoint);
        request.Headers.TryAddWithoutValidation(IntakeClient.ApiKeyHeader, _options.ApiKey);
        using HttpResponseMessage response = await _options.Addresses.Validate.SendAsync(_context.Http, endpoint, request, cancellationToken).ConfigureAwait(false);
        using JsonAnswer answer = await JsonAnswer.ReadAsync(response, MaxAnswerBytes, cancellationToken).ConfigureAwait(false);
        if (!response.IsSuccessStatusCode)
            throw new HttpRequestException(IntakeClient.Describe(response), inner: null, response.StatusCode);
        if (answer.Find("valid") is not { ValueKind: JsonValueKind.True })
            throw new HttpRequestException($"HTTP {(int)response.StatusCode} without Datadog's word that the API key is valid. Check site and endpoint", inner: null, response.StatusCode);
    }
}
