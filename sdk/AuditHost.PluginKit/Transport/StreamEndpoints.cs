using AuditHost.PluginKit.Http;
using AuditHost.Sdk;

namespace AuditHost.PluginKit.Transport;

/// <summary>
/// The receivers of one destination, the first of which that works gets the events. One that fails rests for a while and is passed over;
/// where all rest, the one whose rest ends first is tried first.
/// </summary>
public sealed class StreamEndpoints
{
    private readonly EndpointState[] _states;
    private readonly TimeProvider _time;

    private StreamEndpoints(EndpointState[] states, TimeProvider time)
    {
        _states = states;
        _time = time;
    }

    /// <summary>All of them in the order of the site file, for <see cref="ConnectorFactory.Endpoints"/>.</summary>
    public IReadOnlyList<Uri> Shown => [.. _states.Select(state => state.Address.Query.Length == 0 ? state.Address : HttpEndpoint.Shown(state.Address))];

    /// <summary>Checks the endpoints of a setting.</summary>
    /// <param name="setting">The setting they stand in.</param>
    /// <param name="list">What it says.</param>
    /// <param name="usualPort">The port of one that names none.</param>
    /// <param name="time">The clock.</param>
    /// <exception cref="SettingsException">There is none, one is no endpoint, or one stands there twice.</exception>
    public static StreamEndpoints Parse(string setting, EndpointList? list, int usualPort, TimeProvider time) =>
        Parse(setting, list, "tls://host:port", (place, address) => StreamEndpoint.Parse(place, address, usualPort), time);

    /// <summary>Checks the endpoints of a setting that names WebSocket servers.</summary>
    /// <param name="setting">The setting they stand in.</param>
    /// <param name="list">What it says.</param>
    /// <param name="time">The clock.</param>
    /// <exception cref="SettingsException">There is none, one is no endpoint, or one stands there twice.</exception>
    public static StreamEndpoints ParseWebSockets(string setting, EndpointList? list, TimeProvider time) =>
        Parse(setting, list, "wss://host/path", WebSocketEndpoint.Parse, time);

    /// <summary>Remembers that an endpoint took what was sent to it.</summary>
    internal void Worked(Uri endpoint) => StateOf(endpoint).Worked();

    /// <summary>Remembers that an endpoint did not.</summary>
    internal void Failed(Uri endpoint) => StateOf(endpoint).Failed(_time.GetUtcNow(), asked: null);

    /// <summary>Tries one endpoint after the other, those that rest last.</summary>
    /// <param name="open">Opens a connection that can be used at once.</param>
    /// <exception cref="IOException">None can be used; what the last one said.</exception>
    internal async ValueTask<TConnection> OpenAsync<TConnection>(Func<Uri, ValueTask<TConnection>> open)
    {
        EndpointState[] states = InOrder();
        for (int i = 0; ; i++)
        {
            try
            {
                return await open(states[i].Address).ConfigureAwait(false);
            }
            catch (Exception exception) when (exception is IOException or HttpRequestException or OperationCanceledException)
            {
                // One that does not answer before the deadline is as good as away.
                states[i].Failed(_time.GetUtcNow(), asked: null);
                if (exception is OperationCanceledException || i == states.Length - 1)
                    throw;
            }
        }
    }

    private static StreamEndpoints Parse(string setting, EndpointList? list, string example, Func<string, string, Uri> parse, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(time);
        IReadOnlyList<string> addresses = list?.Addresses ?? [];
        if (addresses.Count == 0)
            throw new SettingsException(setting, $"Empty. Expected an address such as {example}, or a list of them");
        Uri[] endpoints = [.. addresses.Select((address, index) => parse(addresses.Count == 1 ? setting : $"{setting}[{index}]", address))];
        if (endpoints.Distinct().Count() < endpoints.Length)
            throw new SettingsException(setting, "One endpoint stands in the list twice. Remove it");
        return new StreamEndpoints([.. endpoints.Select(endpoint => new EndpointState(endpoint))], time);
    }

    private EndpointState StateOf(Uri endpoint) => Array.Find(_states, state => state.Address == endpoint)!;

    private EndpointState[] InOrder()
    {
        if (_states.Length == 1)
            return _states;
        DateTimeOffset now = _time.GetUtcNow();
        return [.. _states.OrderBy(state => state.RestsUntil > now ? state.RestsUntil : DateTimeOffset.MinValue)];
    }
}
