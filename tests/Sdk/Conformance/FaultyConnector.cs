using System.Diagnostics.Tracing;
using System.Net;
using System.Text.Json;
using AuditHost.PluginKit.Http;

namespace AuditHost.Sdk.Conformance;

/// <summary>A connector to a bulk API that does all as it should but for one thing.</summary>
internal sealed class FaultyConnector(Fault fault, Uri endpoint, string apiKey, PluginContext context) : IConnector
{
    private readonly SemaphoreSlim _oneAtATime = new(1);
    private ReadOnlyMemory<byte> _kept;
    private TaskCompletionSource<DeliveryResult>? _shared;
    private Timer? _timer;
    private bool _started;
    private bool _disposed;

    public ValueTask StartAsync(CancellationToken cancellationToken)
    {
        _started = true;
        if (fault == Fault.LeaksTimer)
            _timer = new Timer(_ => GC.KeepAlive(this), null, TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(1));
        if (fault == Fault.LeaksHostTimer)
            context.Time.CreateTimer(_ => GC.KeepAlive(this), null, TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(1));
        return default;
    }

    public async ValueTask<DeliveryResult> SendAsync(EventBatch batch, CancellationToken cancellationToken)
    {
        try
        {
            if (fault == Fault.LogsSecret)
                context.Log(EventLevel.Informational, $"Sending with key {apiKey}");
            if (fault == Fault.KeepsMemory && !_kept.IsEmpty)
                await PostAsync(_kept, "kept", cancellationToken);
            _kept = batch.Body;
            CancellationToken token = fault == Fault.IgnoresToken ? CancellationToken.None : cancellationToken;
            return fault switch
            {
                Fault.SwapsOutcomes => await SendSharedAsync(batch, token),
                Fault.SendsOneAtATime => await SendAloneAsync(batch, token),
                _ => await SendOnceAsync(batch, token),
            };
        }
        catch (OperationCanceledException) when (fault == Fault.SwallowsCancellation)
        {
            return DeliveryResult.Failed(FailureKind.Transient, "Took too long");
        }
    }

    public async ValueTask ProbeAsync(CancellationToken cancellationToken)
    {
        if (fault == Fault.ProbesWithAnEvent)
            await PostAsync("""{"event_id":"probe"}"""u8.ToArray(), "probe", cancellationToken);
        else
            await HttpProbe.CheckAsync(context.Http, endpoint, cancellationToken);
    }

    public ValueTask DisposeAsync()
    {
        if ((fault == Fault.ThrowsFromSecondDispose && _disposed) || (fault == Fault.ThrowsWithoutStart && !_started))
            throw new InvalidOperationException("Not now.");
        _disposed = true;
        GC.KeepAlive(_timer);
        return default;
    }

    private async Task<DeliveryResult> SendAloneAsync(EventBatch batch, CancellationToken cancellationToken)
    {
        await _oneAtATime.WaitAsync(cancellationToken);
        try
        {
            return await SendOnceAsync(batch, cancellationToken);
        }
        finally
        {
            _oneAtATime.Release();
        }
    }

    // Whoever is in flight together gets the outcome of the first that is answered.
    private async Task<DeliveryResult> SendSharedAsync(EventBatch batch, CancellationToken cancellationToken)
    {
        TaskCompletionSource<DeliveryResult> own = new(), shared = Interlocked.CompareExchange(ref _shared, own, null) ?? own;
        try
        {
            shared.TrySetResult(await SendOnceAsync(batch, cancellationToken));
            return await shared.Task;
        }
        finally
        {
            Interlocked.CompareExchange(ref _shared, null, own);
        }
    }

    private async Task<DeliveryResult> SendOnceAsync(EventBatch batch, CancellationToken cancellationToken)
    {
        string key = fault == Fault.ChangesOnRetry ? $"{batch[0].Key}.{batch.Attempt}" : batch[0].Key;
        if (fault == Fault.ClaimsDeliveryBeforehand)
            return DeliveryResult.Delivered;
        using HttpResponseMessage response = await PostAsync(batch.Body, key, cancellationToken);
        if (fault == Fault.Retries && response.StatusCode == HttpStatusCode.InternalServerError)
            (await PostAsync(batch.Body, key, cancellationToken)).Dispose();
        if (fault == Fault.FollowsRedirects && response.Headers.Location is { } location)
            (await context.Http.GetAsync(location, cancellationToken)).Dispose();
        return response.IsSuccessStatusCode ? await ReadAsync(batch, response, cancellationToken) : await ExplainAsync(response, cancellationToken);
    }

    private async Task<HttpResponseMessage> PostAsync(ReadOnlyMemory<byte> body, string key, CancellationToken cancellationToken)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, endpoint) { Content = HttpPayload.Create(body, "application/x-ndjson") };
        request.Headers.Add("Idempotency-Key", key);
        request.Headers.Add("X-Api-Key", apiKey);
        return await context.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
    }

    private async Task<DeliveryResult> ExplainAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        DeliveryResult result = await HttpOutcome.ReadAsync(response, context.Time, cancellationToken);
        return fault switch
        {
            Fault.DropsRetryAfter => DeliveryResult.Failed(result.Kind, result.Reason!),
            Fault.TakesRefusalForTransient when result.Kind == FailureKind.Rejected => DeliveryResult.Failed(FailureKind.Transient, result.Reason!),
            Fault.TakesBadCredentialsForRefusal when response.StatusCode == HttpStatusCode.Unauthorized => DeliveryResult.Failed(FailureKind.Rejected, result.Reason!),
            Fault.QuotesAnswers => DeliveryResult.Failed(result.Kind, result.Response ?? "nothing", result.RetryAfter),
            _ => result,
        };
    }

    private async Task<DeliveryResult> ReadAsync(EventBatch batch, HttpResponseMessage response, CancellationToken cancellationToken)
    {
        if (fault == Fault.IgnoresPartialFailures)
            return DeliveryResult.Delivered;
        byte[] body = await ReadBodyAsync(response, cancellationToken);
        try
        {
            using JsonDocument answer = JsonDocument.Parse(body);
            int[] failed = [.. answer.RootElement.GetProperty("failed").EnumerateArray().Select(index => index.GetInt32())];
            if (fault != Fault.PassesOnBadIndexes && failed.Any(index => index < 0 || index >= batch.Count))
                return DeliveryResult.Failed(FailureKind.Transient, "An index that the batch does not have");
            return DeliveryResult.Partial([.. failed.Select(index => new EventFailure(index, FailureKind.Rejected, "Refused"))]);
        }
        catch (Exception exception) when (fault != Fault.ThrowsOnGarbage && (exception is JsonException or InvalidOperationException or KeyNotFoundException))
        {
            return DeliveryResult.Failed(FailureKind.Transient, "Not an answer to a batch");
        }
    }

    private async Task<byte[]> ReadBodyAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        const int Limit = 1 << 20;
        var body = new MemoryStream();
        byte[] buffer = new byte[64 * 1024];
        await using Stream stream = await response.Content.ReadAsStreamAsync(cancellationToken);
        while (await stream.ReadAsync(buffer, cancellationToken) is > 0 and var read)
        {
            body.Write(buffer.AsSpan(0, read));
            if (fault != Fault.ReadsEndlessAnswers && body.Length > Limit)
                throw new IOException("The answer is too long.");
        }

        return body.ToArray();
    }
}
