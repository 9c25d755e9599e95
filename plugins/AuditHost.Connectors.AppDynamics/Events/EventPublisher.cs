using System.Diagnostics.Tracing;
using System.Net;
using AuditHost.PluginKit.Http;
using AuditHost.PluginKit.Text;
using AuditHost.Sdk;

namespace AuditHost.Connectors.AppDynamics.Events;

/// <summary>Publishes batches under a schema of the Events Service. It takes a batch whole or not at all, and knows no event again.</summary>
internal sealed class EventPublisher(EventsClient client, EventSchema schema, EventRows rows, AppDynamicsSettings settings)
{
    private const int SmallestField = 256;
    private const int SmallestRequest = 64 << 10;
    private const int LargestRequest = 64 << 20;

    /// <exception cref="SettingsException">A setting cannot work.</exception>
    public static EventPublisher Create(AppDynamicsSettings settings, PluginContext context)
    {
        var endpoints = HttpEndpointsOf(settings, context);
        var credentials = EventsCredentials.Of(settings);
        if (!EventsName.IsOne(settings.Schema))
            throw new SettingsException("schema", $"Not the name of a schema. {EventsName.Rule}");
        if (settings.MaxRequestBytes is < SmallestRequest or > LargestRequest)
            throw new SettingsException("max_request_bytes", $"Expected {SmallestRequest} to {LargestRequest}");
        if (settings.MaxFieldBytes < SmallestField || settings.MaxFieldBytes > settings.MaxRequestBytes / 2)
            throw new SettingsException("max_field_bytes", $"Expected {SmallestField} to half of max_request_bytes");
        var columns = EventColumns.Of(settings);
        var client = new EventsClient(context.Http, endpoints, credentials, settings.Schema, context.Time);
        var rows = new EventRows(columns, settings.EventTimestamp, settings.MaxFieldBytes);
        return new EventPublisher(client, new EventSchema(client, settings, columns, context), rows, settings);
    }

    /// <summary>Sees to the schema beforehand, so that the first batch need not wait. What fails here is told by the first batch.</summary>
    public async ValueTask PrepareAsync(CancellationToken cancellationToken)
    {
        try
        {
            await schema.EnsureAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException)
        {
            // The batch says so, with the kind of failure that a start cannot give.
        }
    }

    public async ValueTask<DeliveryResult> PublishAsync(EventBatch batch, CancellationToken cancellationToken)
    {
        if (await schema.EnsureAsync(cancellationToken).ConfigureAwait(false) is { } notReady)
            return notReady;
        using var body = new PooledBuffer(64 << 10);
        rows.Write(batch, body);
        if (body.Length > settings.MaxRequestBytes)
            return DeliveryResult.Failed(FailureKind.TooLarge, $"{body.Length} bytes; a request may have {settings.MaxRequestBytes} (max_request_bytes)");
        using EventsAnswer answer = await client.PublishAsync(body.Written, cancellationToken).ConfigureAwait(false);
        return answer.IsSuccess ? Taken(answer) : await RefusedAsync(answer, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>A key that may not ask for the schema is one that the service knows, which is all that it has to be where the schema is not this connector's.</summary>
    public ValueTask ProbeAsync(CancellationToken cancellationToken) => client.ProbeAsync(
        answer =>
        {
            bool reached = (answer.Status == HttpStatusCode.OK && answer.Schema is not null)
                || (answer.Status == HttpStatusCode.NotFound && schema.IsManaged && answer.IsOfTheApi)
                || (answer.Status == HttpStatusCode.Forbidden && !schema.IsManaged);
            if (!reached)
                throw new HttpRequestException(EventsFailure.OfSchema(answer, $"The schema {settings.Schema} cannot be asked for").Reason, inner: null, answer.Status);
        },
        cancellationToken);

    private static HttpEndpoints HttpEndpointsOf(AppDynamicsSettings settings, PluginContext context)
    {
        var endpoints = EventsAddress.Parse(settings, context.Time);
        if (endpoints.Shown.Any(endpoint => endpoint is { Scheme: "http", IsLoopback: false }))
            context.Log(EventLevel.Warning, "endpoint is http: the API key can be read on the way. Use https.");
        return endpoints;
    }

    private static DeliveryResult Taken(EventsAnswer answer)
    {
        if (answer.Status is not (HttpStatusCode.OK or HttpStatusCode.Accepted))
            return answer.Failed(FailureKind.Misconfigured, $"{answer.Description}, where the Events Service answers 200 or 202. Check endpoint: something else listens there");
        if (answer.ErrorInBody is { } error)
            return answer.Failed(FailureKind.Transient, $"{answer.Description}, but the answer speaks of an error {error}");
        return answer.IsOfTheApi
            ? DeliveryResult.Delivered.WithResponse((int)answer.Status, null)
            : answer.Failed(FailureKind.Transient, $"{answer.Description}, but the answer is none of the Events Service. Check endpoint: something else may listen there");
    }

    /// <summary>
    /// Looks at the schema before it blames the events: somebody may have deleted it, or made it anew with other columns, and that is no reason to
    /// let events die.
    /// </summary>
    private async ValueTask<DeliveryResult> RefusedAsync(EventsAnswer answer, CancellationToken cancellationToken)
    {
        bool isMissing = answer.Status == HttpStatusCode.NotFound;
        if (isMissing && !schema.IsManaged)
            return answer.Failed(FailureKind.Misconfigured, $"{answer.Description}. The schema {settings.Schema} does not exist: create it, or set create_schema: true");
        if (!isMissing && answer.Kind != FailureKind.Rejected)
            return EventsFailure.OfPublishing(answer);
        SchemaState state = await schema.CheckAsync(cancellationToken).ConfigureAwait(false);
        if (state.Failure is { } failure)
            return failure;
        return isMissing || state.HasChanged
            ? answer.Failed(FailureKind.Transient, $"{answer.Description}. The schema {settings.Schema} was looked after, and the batch is sent again")
            : EventsFailure.OfPublishing(answer);
    }
}
