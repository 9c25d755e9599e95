using AuditHost.PluginKit.Http;

namespace AuditHost.Connectors.AppDynamics.Events;

/// <summary>Makes the requests of the Analytics Events API and reads what it answers.</summary>
internal sealed class EventsClient(HttpClient http, HttpEndpoints endpoints, EventsCredentials credentials, string schema, TimeProvider time)
{
    /// <summary>The media type of this version of the API, without the space that .NET would put into it: it is compared as text.</summary>
    private const string MediaType = "application/vnd.appd.events+json;v=2";

    private readonly string _schemaPath = $"/events/schema/{schema}";
    private readonly string _publishPath = $"/events/publish/{schema}";

    public ValueTask<EventsAnswer> GetSchemaAsync(CancellationToken cancellationToken) => GetSchemaAsync(endpoints.Choose(), cancellationToken);

    public ValueTask<EventsAnswer> CreateSchemaAsync(ReadOnlyMemory<byte> body, CancellationToken cancellationToken) =>
        SendAsync(HttpMethod.Post, endpoints.Choose(), _schemaPath, body, cancellationToken);

    public ValueTask<EventsAnswer> ChangeSchemaAsync(ReadOnlyMemory<byte> body, CancellationToken cancellationToken) =>
        SendAsync(HttpMethod.Patch, endpoints.Choose(), _schemaPath, body, cancellationToken);

    public ValueTask<EventsAnswer> PublishAsync(ReadOnlyMemory<byte> body, CancellationToken cancellationToken) =>
        SendAsync(HttpMethod.Post, endpoints.Choose(), _publishPath, body, cancellationToken);

    /// <summary>Asks for the schema, which changes nothing.</summary>
    /// <param name="check">Throws an <see cref="HttpRequestException"/> where the answer is not good enough.</param>
    /// <param name="cancellationToken">Carries the deadline.</param>
    public ValueTask ProbeAsync(Action<EventsAnswer> check, CancellationToken cancellationToken) => endpoints.ProbeAsync(async endpoint =>
    {
        using EventsAnswer answer = await GetSchemaAsync(endpoint, cancellationToken).ConfigureAwait(false);
        check(answer);
    });

    private ValueTask<EventsAnswer> GetSchemaAsync(Uri endpoint, CancellationToken cancellationToken) =>
        SendAsync(HttpMethod.Get, endpoint, _schemaPath, body: null, cancellationToken);

    private async ValueTask<EventsAnswer> SendAsync(HttpMethod method, Uri endpoint, string path, ReadOnlyMemory<byte>? body, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(method, EventsAddress.Of(endpoint, path));
        credentials.Sign(request);
        request.Headers.TryAddWithoutValidation("Accept", MediaType);
        if (body is { } bytes)
        {
            request.Content = new ReadOnlyMemoryContent(bytes);
            request.Content.Headers.TryAddWithoutValidation("Content-Type", MediaType);
        }

        using HttpResponseMessage response = await endpoints.SendAsync(http, endpoint, request, cancellationToken).ConfigureAwait(false);
        return await EventsAnswer.ReadAsync(response, time, cancellationToken).ConfigureAwait(false);
    }
}
