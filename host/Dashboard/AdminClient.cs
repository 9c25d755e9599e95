using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json.Serialization.Metadata;
using AuditHost.Plugins;

namespace AuditHost.Dashboard;

/// <summary>Speaks to a running host through its socket.</summary>
internal sealed class AdminClient : ISiteControl
{
    private readonly HttpClient _http;

    private AdminClient(string socketPath)
    {
        var handler = new SocketsHttpHandler
        {
            UseProxy = false,
            ConnectCallback = async (_, stop) =>
            {
                var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
                try
                {
                    await socket.ConnectAsync(new UnixDomainSocketEndPoint(socketPath), stop);
                    return new NetworkStream(socket, ownsSocket: true);
                }
                catch
                {
                    socket.Dispose();
                    throw;
                }
            },
        };
        _http = new HttpClient(handler) { BaseAddress = new Uri("http://audithost"), Timeout = Timeout.InfiniteTimeSpan };
    }

    /// <summary>The socket of a data directory.</summary>
    public static string SocketOf(string dataDirectory) => Path.Combine(dataDirectory, "admin.sock");

    /// <summary>Connects where a host answers.</summary>
    /// <returns><see langword="null"/> where none runs on the data directory.</returns>
    public static async Task<AdminClient?> TryConnectAsync(string dataDirectory, CancellationToken cancellationToken)
    {
        string path = SocketOf(dataDirectory);
        if (!File.Exists(path))
            return null;
        var client = new AdminClient(path);
        try
        {
            await client._http.GetAsync(new Uri("/health/live", UriKind.Relative), cancellationToken);
            return client;
        }
        catch (HttpRequestException)
        {
            // The socket of a host that was killed: nobody listens behind it.
            client._http.Dispose();
            return null;
        }
    }

    public Task<SiteStatus> GetStatusAsync(CancellationToken cancellationToken) =>
        GetAsync("/api/v1/status", AdminJson.Default.SiteStatus, cancellationToken);

    public Task<IReadOnlyList<DeadLetterView>> ListDeadLettersAsync(DeadLetterQuery query, CancellationToken cancellationToken) =>
        PostAsync("/api/v1/dead-letters/query", query, AdminJson.Default.DeadLetterQuery, AdminJson.Default.IReadOnlyListDeadLetterView, cancellationToken);

    public async Task<DeadLetterView?> GetDeadLetterAsync(ulong id, CancellationToken cancellationToken)
    {
        using HttpResponseMessage response =
            await _http.GetAsync(new Uri($"/api/v1/dead-letters/{id}", UriKind.Relative), cancellationToken);
        return response.StatusCode == System.Net.HttpStatusCode.NotFound
            ? null
            : await ReadAsync(response, AdminJson.Default.DeadLetterView, cancellationToken);
    }

    public Task<ReplayReport> ReplayAsync(ReplayOrder order, CancellationToken cancellationToken) =>
        PostAsync("/api/v1/replay", order, AdminJson.Default.ReplayOrder, AdminJson.Default.ReplayReport, cancellationToken);

    public Task<DiscardReport> DiscardAsync(DeadLetterQuery query, CancellationToken cancellationToken) =>
        PostAsync("/api/v1/dead-letters/discard", query, AdminJson.Default.DeadLetterQuery, AdminJson.Default.DiscardReport, cancellationToken);

    public Task<IReadOnlyList<BacklogView>> ListBacklogsAsync(CancellationToken cancellationToken) =>
        GetAsync("/api/v1/backlogs", AdminJson.Default.IReadOnlyListBacklogView, cancellationToken);

    public Task<AdoptReport> AdoptBacklogAsync(AdoptOrder order, CancellationToken cancellationToken) =>
        PostAsync("/api/v1/backlogs/adopt", order, AdminJson.Default.AdoptOrder, AdminJson.Default.AdoptReport, cancellationToken);

    public Task<BacklogDiscardReport> DiscardBacklogAsync(string name, CancellationToken cancellationToken) =>
        PostAsync("/api/v1/backlogs/discard", name, AdminJson.Default.String, AdminJson.Default.BacklogDiscardReport, cancellationToken);

    public Task<IReadOnlyList<PluginDescription>> ListPluginsAsync(CancellationToken cancellationToken) =>
        GetAsync("/api/v1/plugins", AdminJson.Default.IReadOnlyListPluginDescription, cancellationToken);

    public Task<IReadOnlyList<PluginReloadReport>> ReloadPluginsAsync(string? name, CancellationToken cancellationToken) =>
        PostAsync("/api/v1/plugins/reload", name ?? string.Empty, AdminJson.Default.String, AdminJson.Default.IReadOnlyListPluginReloadReport, cancellationToken);

    /// <summary>Posts events to the host's intake.</summary>
    public async Task<HttpResponseMessage> SendEventsAsync(Stream events, string contentType, CancellationToken cancellationToken)
    {
        using var content = new StreamContent(events);
        content.Headers.ContentType = new System.Net.Http.Headers.MediaTypeHeaderValue(contentType);
        return await _http.PostAsync(new Uri("/v1/events", UriKind.Relative), content, cancellationToken);
    }

    public ValueTask DisposeAsync()
    {
        _http.Dispose();
        return default;
    }

    private async Task<T> GetAsync<T>(string path, JsonTypeInfo<T> type, CancellationToken cancellationToken)
    {
        using HttpResponseMessage response = await _http.GetAsync(new Uri(path, UriKind.Relative), cancellationToken);
        return await ReadAsync(response, type, cancellationToken);
    }

    private async Task<TAnswer> PostAsync<TBody, TAnswer>(
        string path, TBody body, JsonTypeInfo<TBody> bodyType, JsonTypeInfo<TAnswer> answerType, CancellationToken cancellationToken)
    {
        using HttpResponseMessage response =
            await _http.PostAsJsonAsync(new Uri(path, UriKind.Relative), body, bodyType, cancellationToken);
        return await ReadAsync(response, answerType, cancellationToken);
    }

    private static async Task<T> ReadAsync<T>(HttpResponseMessage response, JsonTypeInfo<T> type, CancellationToken cancellationToken)
    {
        if (!response.IsSuccessStatusCode)
        {
            string answer = await response.Content.ReadAsStringAsync(cancellationToken);
            throw new IOException($"The host answered {(int)response.StatusCode}: {answer}");
        }

        return await response.Content.ReadFromJsonAsync(type, cancellationToken)
            ?? throw new IOException("The host's answer was empty.");
    }
}
