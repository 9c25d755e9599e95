using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using AuditHost.PluginKit.Http;
using AuditHost.Sdk;

namespace AuditHost.Connectors.Splunk;

/// <summary>
/// Indexer acknowledgement: a request gets an id, and Splunk is asked until it says that the id is indexed ("About HTTP Event Collector
/// Indexer Acknowledgment"). The id belongs to a channel and to the node that took the data: the questions go to the same endpoint, with the
/// load balancer's cookies.
/// </summary>
internal sealed class HecAcknowledgement
{
    private const string ChannelHeader = "X-Splunk-Request-Channel";

    /// <summary>One for the life of the connector; it names the sender, not a request.</summary>
    private readonly string _channel = Guid.NewGuid().ToString();
    private readonly HttpEndpoints _endpoints;
    private readonly AuthenticationHeaderValue _authorization;
    private readonly TimeSpan _pause;
    private readonly PluginContext _context;

    private HecAcknowledgement(HttpEndpoints endpoints, AuthenticationHeaderValue authorization, TimeSpan pause, PluginContext context)
    {
        _endpoints = endpoints;
        _authorization = authorization;
        _pause = pause;
        _context = context;
    }

    /// <exception cref="SettingsException">A setting cannot work.</exception>
    public static HecAcknowledgement Create(SplunkSettings settings, HttpEndpoints endpoints, AuthenticationHeaderValue authorization, PluginContext context)
    {
        if (settings.AcknowledgementPollSeconds is not (>= 0.1 and <= 60))
            throw new SettingsException("acknowledgement_poll_seconds", "Expected 0.1 to 60");
        return new HecAcknowledgement(endpoints, authorization, TimeSpan.FromSeconds(settings.AcknowledgementPollSeconds), context);
    }

    public void Mark(HttpRequestMessage request) => request.Headers.TryAddWithoutValidation(ChannelHeader, _channel);

    /// <summary>Waits until what an answer speaks of is indexed. How long that may take is the host's timeout; past it the batch comes again.</summary>
    public async ValueTask<DeliveryResult> WaitAsync(Uri endpoint, HttpResponseMessage response, JsonAnswer taken, CancellationToken cancellationToken)
    {
        if (taken.Integer("ackId") is not { } number)
            return DeliveryResult.Failed(FailureKind.Misconfigured, HecCode.Find(HecCode.AcknowledgementDisabled)!.Value.Text).WithResponse(200, taken.Text);
        string id = number.ToString(CultureInfo.InvariantCulture);
        string? cookies = CookiesOf(response);
        TimeSpan pause = _pause;
        while (true)
        {
            await Task.Delay(pause, _context.Time, cancellationToken).ConfigureAwait(false);
            using var poll = new HttpRequestMessage(HttpMethod.Post, HecAddress.Of(endpoint, "/ack"));
            poll.Content = new StringContent($$"""{"acks":[{{id}}]}""", new MediaTypeHeaderValue("application/json"));
            poll.Headers.Authorization = _authorization;
            Mark(poll);
            if (cookies is not null)
                poll.Headers.TryAddWithoutValidation("Cookie", cookies);
            using HttpResponseMessage answered = await _endpoints.SendAsync(_context.Http, endpoint, poll, cancellationToken).ConfigureAwait(false);
            using JsonAnswer answer = await JsonAnswer.ReadAsync(answered, HecAnswer.MaxBytes, cancellationToken).ConfigureAwait(false);
            pause = _pause;
            if (answered.StatusCode != HttpStatusCode.OK)
            {
                DeliveryResult failure = HecAnswer.Failure(answered, answer, 0, RetryAfter.Of(answered, _context.Time), acknowledges: true);
                if (failure.Kind is not (FailureKind.Transient or FailureKind.Throttled))
                    return Unanswered(failure);

                // Splunk has the batch. To send it again because a question failed would have it twice; to ask again costs nothing.
                if (failure.RetryAfter > pause)
                    pause = failure.RetryAfter.Value;
                continue;
            }

            if (HecAnswer.IsAcknowledged(answer, id))
                return DeliveryResult.Acknowledged($"{_channel}/{id}").WithResponse(200, null);
        }
    }

    /// <summary>A question that was refused says nothing against the events, which Splunk has taken.</summary>
    private static DeliveryResult Unanswered(DeliveryResult failure) => failure.Kind is FailureKind.Rejected or FailureKind.TooLarge
        ? DeliveryResult.Failed(FailureKind.Transient, $"Splunk does not say whether the events are indexed: {failure.Reason}").WithResponse(failure.Status, failure.Response)
        : failure;

    /// <summary>Names and values alone; the attributes are for browsers.</summary>
    private static string? CookiesOf(HttpResponseMessage response) => response.Headers.NonValidated.TryGetValues("Set-Cookie", out var cookies)
        ? string.Join("; ", cookies.Select(cookie => cookie.Split(';', 2)[0].Trim()))
        : null;
}
