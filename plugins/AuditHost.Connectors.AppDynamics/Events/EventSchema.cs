using System.Diagnostics.Tracing;
using System.Net;
using AuditHost.Sdk;

namespace AuditHost.Connectors.AppDynamics.Events;

/// <summary>
/// Sees to it that the schema has the columns of the events: one that is missing is created, columns that it lacks are added. What else
/// stands in it is left alone. Another host may do the same at the same time.
/// </summary>
internal sealed class EventSchema(EventsClient client, AppDynamicsSettings settings, EventColumns columns, PluginContext context)
{
    /// <summary>The second look finds what another host has made meanwhile.</summary>
    private const int Looks = 2;

    private readonly string _name = settings.Schema;
    private volatile bool _isReady;

    /// <summary>Whether the schema is this connector's to look after.</summary>
    public bool IsManaged { get; } = settings.CreateSchema;

    /// <summary>Makes the schema ready, unless it is known to be.</summary>
    /// <returns>What is in the way; <see langword="null"/> where events can be published.</returns>
    public async ValueTask<DeliveryResult?> EnsureAsync(CancellationToken cancellationToken) =>
        _isReady || !IsManaged ? null : (await CheckAsync(cancellationToken).ConfigureAwait(false)).Failure;

    /// <summary>Looks at the schema, whatever is known of it, and mends it where it is this connector's.</summary>
    public ValueTask<SchemaState> CheckAsync(CancellationToken cancellationToken) =>
        IsManaged ? MendAsync(cancellationToken) : CompareAsync(cancellationToken);

    private async ValueTask<SchemaState> MendAsync(CancellationToken cancellationToken)
    {
        _isReady = false;
        DeliveryResult? refused = null;
        for (int look = 0; look < Looks; look++)
        {
            IReadOnlyList<EventColumn> missing = columns.All;
            bool exists;
            using (EventsAnswer found = await client.GetSchemaAsync(cancellationToken).ConfigureAwait(false))
            {
                exists = found.Status != HttpStatusCode.NotFound;
                if (exists && Read(found, out missing) is { } failure)
                    return new SchemaState(failure, HasChanged: false);
            }

            if (missing.Count == 0)
                return Ready(hasChanged: look > 0);
            using EventsAnswer changed = await ChangeAsync(exists, missing, cancellationToken).ConfigureAwait(false);
            if (changed.IsSuccess)
            {
                context.Log(EventLevel.Informational, exists ? $"The schema {_name} has got the columns {NamesOf(missing)}." : $"The schema {_name} was created.");
                return Ready(hasChanged: true);
            }

            refused = exists ? NotAdded(changed, missing) : NotCreated(changed);
            if (!MayBeAnothers(changed))
                break;
        }

        return new SchemaState(refused, HasChanged: false);
    }

    /// <summary>Looks without changing anything. A key that may not look finds nothing in the way.</summary>
    private async ValueTask<SchemaState> CompareAsync(CancellationToken cancellationToken)
    {
        using EventsAnswer found = await client.GetSchemaAsync(cancellationToken).ConfigureAwait(false);
        if (found.Status is HttpStatusCode.Forbidden or HttpStatusCode.Unauthorized)
            return default;
        DeliveryResult? failure = Read(found, out IReadOnlyList<EventColumn> missing);
        if (failure is null && missing.Count > 0)
            failure = found.Failed(FailureKind.Misconfigured, $"The schema {_name} lacks the columns {NamesOf(missing)}. Add them, or set create_schema: true");
        return new SchemaState(failure, HasChanged: false);
    }

    private SchemaState Ready(bool hasChanged)
    {
        _isReady = true;
        return new SchemaState(Failure: null, hasChanged);
    }

    private ValueTask<EventsAnswer> ChangeAsync(bool exists, IReadOnlyList<EventColumn> missing, CancellationToken cancellationToken) => exists
        ? client.ChangeSchemaAsync(SchemaBody.Add(missing), cancellationToken)
        : client.CreateSchemaAsync(SchemaBody.Create(missing), cancellationToken);

    private DeliveryResult? Read(EventsAnswer found, out IReadOnlyList<EventColumn> missing)
    {
        missing = [];
        if (found.Status != HttpStatusCode.OK)
            return EventsFailure.OfSchema(found, $"The schema {_name} cannot be asked for");
        if (found.Schema is not { } schema)
            return found.Failed(FailureKind.Transient, $"{found.Description}, but the answer is no schema. Check endpoint: something else may listen there");
        var difference = SchemaDifference.Between(columns.All, schema);
        missing = difference.Missing;
        return difference.Conflict is { } conflict
            ? found.Failed(FailureKind.Misconfigured, $"The schema {_name} does not fit: {conflict}. A column's type cannot be changed: set schema to another name, name the column otherwise, or delete the schema together with its events")
            : null;
    }

    private static bool MayBeAnothers(EventsAnswer refused) => refused.Status is HttpStatusCode.Conflict or HttpStatusCode.BadRequest;

    private DeliveryResult NotCreated(EventsAnswer refused) => refused.Status == HttpStatusCode.Conflict
        ? refused.Failed(FailureKind.Transient, $"The schema {_name} exists by now and cannot be seen yet")
        : EventsFailure.OfSchema(refused, $"The schema {_name} does not exist and cannot be created");

    private DeliveryResult NotAdded(EventsAnswer refused, IReadOnlyList<EventColumn> missing) =>
        EventsFailure.OfSchema(refused, $"The schema {_name} lacks the columns {NamesOf(missing)}, and they cannot be added");

    private static string NamesOf(IReadOnlyList<EventColumn> missing) => string.Join(", ", missing.Select(column => column.Name));
}
