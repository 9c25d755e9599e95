using System.Net;
using AuditHost.Sdk;

namespace AuditHost.PluginKit.Http;

/// <summary>
/// The endpoints of one destination. A batch goes to one of them; one that fails rests for a while, so that the host's next attempt
/// goes to another. Where all rest, the one whose rest ends first is tried: nothing waits for that.
/// </summary>
public sealed class HttpEndpoints
{
    private readonly EndpointState[] _states;
    private readonly EndpointBalancing _balancing;
    private readonly TimeProvider _time;
    private int _turn = -1;

    private HttpEndpoints(EndpointState[] states, EndpointBalancing balancing, TimeProvider time)
    {
        _states = states;
        _balancing = balancing;
        _time = time;
    }

    /// <summary>All of them in the order of the site file, as they may be shown, for <see cref="ConnectorFactory.Endpoints"/>.</summary>
    public IReadOnlyList<Uri> Shown => [.. _states.Select(state => HttpEndpoint.Shown(state.Address))];

    /// <summary>The same without their paths, each once: for addresses that are secrets, as those of webhooks are.</summary>
    public IReadOnlyList<Uri> ShownServers => [.. _states.Select(state => new Uri(state.Address.GetLeftPart(UriPartial.Authority))).Distinct()];

    /// <summary>Checks the endpoints of a setting.</summary>
    /// <param name="setting">The setting they stand in.</param>
    /// <param name="list">What it says.</param>
    /// <param name="balancing">Which of them gets the next batch.</param>
    /// <param name="time">The clock.</param>
    /// <param name="complete">
    /// Makes of each address the one to send to, for instance by a path; <see langword="null"/> where it is that already. Throws an
    /// <see cref="ArgumentException"/> with what is wrong and how to mend it where an address cannot be one.
    /// </param>
    /// <exception cref="SettingsException">There is none, one is no endpoint, or one stands there twice.</exception>
    public static HttpEndpoints Parse(string setting, EndpointList? list, EndpointBalancing balancing, TimeProvider time, Func<Uri, Uri>? complete = null)
    {
        ArgumentNullException.ThrowIfNull(time);
        IReadOnlyList<string> addresses = list?.Addresses ?? [];
        if (addresses.Count == 0)
            throw new SettingsException(setting, "Empty. Expected an address such as https://host/path, or a list of them");
        Uri[] endpoints = [.. addresses.Select((address, index) => Parse(addresses.Count == 1 ? setting : $"{setting}[{index}]", address, complete))];
        if (endpoints.Distinct().Count() < endpoints.Length)
            throw new SettingsException(setting, "One endpoint stands in the list twice. Remove it");
        return new HttpEndpoints([.. endpoints.Select(endpoint => new EndpointState(endpoint))], balancing, time);
    }

    /// <summary>The endpoint for the next batch.</summary>
    public Uri Choose()
    {
        int first = _balancing == EndpointBalancing.RoundRobin ? (int)((uint)Interlocked.Increment(ref _turn) % (uint)_states.Length) : 0;
        DateTimeOffset now = _time.GetUtcNow();
        EndpointState best = _states[first];
        for (int i = 0; i < _states.Length; i++)
        {
            EndpointState state = _states[(first + i) % _states.Length];
            if (state.RestsUntil <= now)
                return state.Address;
            if (state.RestsUntil < best.RestsUntil)
                best = state;
        }

        return best.Address;
    }

    /// <summary>Sends a request to the endpoint for the next batch.</summary>
    /// <param name="http">The destination's client.</param>
    /// <param name="request">The request, without an address.</param>
    /// <param name="cancellationToken">Carries the deadline.</param>
    /// <returns>The answer's head; the body is still to be read.</returns>
    public Task<HttpResponseMessage> SendAsync(HttpClient http, HttpRequestMessage request, CancellationToken cancellationToken) =>
        SendAsync(http, Choose(), request, cancellationToken);

    /// <summary>Sends a request to the given endpoint, or to another path of it, and remembers whether it works.</summary>
    public async Task<HttpResponseMessage> SendAsync(HttpClient http, Uri endpoint, HttpRequestMessage request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(http);
        ArgumentNullException.ThrowIfNull(request);
        EndpointState? state = Array.Find(_states, one => one.Address == endpoint);
        request.RequestUri ??= endpoint;
        HttpResponseMessage response;
        try
        {
            response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException or OperationCanceledException)
        {
            // One that does not answer before the deadline is as good as away.
            state?.Failed(_time.GetUtcNow(), asked: null);
            throw;
        }

        if (state is not null)
            Remember(state, response);
        return response;
    }

    /// <summary>Probes all endpoints one after the other.</summary>
    /// <param name="probe">Throws where an endpoint cannot be reached.</param>
    /// <exception cref="HttpRequestException">None can be reached.</exception>
    public async ValueTask ProbeAsync(Func<Uri, ValueTask> probe)
    {
        ArgumentNullException.ThrowIfNull(probe);
        for (int i = 0; i < _states.Length; i++)
        {
            try
            {
                await probe(_states[i].Address).ConfigureAwait(false);
                return;
            }
            catch (Exception exception) when (i < _states.Length - 1 && exception is HttpRequestException or IOException)
            {
                // The next one may do; the last one's failure is the probe's.
            }
        }
    }

    private static Uri Parse(string place, string address, Func<Uri, Uri>? complete)
    {
        Uri endpoint = HttpEndpoint.Parse(place, address);
        try
        {
            return complete?.Invoke(endpoint) ?? endpoint;
        }
        catch (ArgumentException exception)
        {
            throw new SettingsException(place, exception.Message, exception);
        }
    }

    private void Remember(EndpointState state, HttpResponseMessage response)
    {
        if (!IsTheEndpoints(response.StatusCode))
        {
            state.Worked();
            return;
        }

        state.Failed(_time.GetUtcNow(), RetryAfter.Of(response, _time));

        // Its wish to wait is met by going elsewhere, where there is an elsewhere.
        if (Array.Exists(_states, other => other != state && other.RestsUntil <= _time.GetUtcNow()))
            response.Headers.Remove("Retry-After");
    }

    /// <summary>Whether another endpoint could answer better.</summary>
    private static bool IsTheEndpoints(HttpStatusCode status) =>
        (int)status is 408 or 421 or 429 or (>= 500 and not 501 and not 505);
}
