using System.Text;
using AuditHost.PluginKit.Http;
using AuditHost.PluginKit.Text;
using AuditHost.Sdk;

namespace AuditHost.Connectors.GraphQL;

/// <summary>The mutation, and what is written of it for an event or a batch.</summary>
internal sealed class GraphQLOperation
{
    private const string UsualQuery = "mutation IngestAuditEvent($event: JSON!) { ingestAuditEvent(event: $event) { id } }";
    private const string UsualBatchQuery = "mutation IngestAuditEvents($events: [JSON!]!) { ingestAuditEvents(events: $events) { id } }";

    private readonly byte[] _query;
    private readonly byte[]? _operationName;
    private readonly byte[] _variable;
    private readonly byte[]? _keyVariable;
    private readonly (byte[] Name, byte[] Json)[] _further;

    private GraphQLOperation(string query, string? operationName, string variable, GraphQLSettings settings)
    {
        IsBatch = settings.Batch;
        _query = Encoding.UTF8.GetBytes(query);
        _operationName = operationName is null ? null : Encoding.UTF8.GetBytes(operationName);
        _variable = Encoding.UTF8.GetBytes(variable);
        _keyVariable = settings.KeyVariable is { } key ? Encoding.UTF8.GetBytes(key) : null;
        _further = [.. settings.Variables.Select(one => (Encoding.UTF8.GetBytes(one.Key), Encoding.UTF8.GetBytes(one.Value.GetRawText())))];
    }

    /// <summary>Whether one mutation takes a list of events.</summary>
    public bool IsBatch { get; }

    /// <exception cref="SettingsException">A setting cannot work.</exception>
    public static GraphQLOperation Create(GraphQLSettings settings)
    {
        string query = settings.Query ?? (settings.Batch ? UsualBatchQuery : UsualQuery);
        if (!query.Contains("mutation", StringComparison.Ordinal))
            throw new SettingsException("query", "Not a mutation. Begin it with the word mutation: what only reads stores nothing");
        if (settings.OperationName is { } name && !query.Contains($"mutation {name}", StringComparison.Ordinal))
            throw new SettingsException("operation_name", "query has no mutation of this name. Correct it, or leave it out where query has one operation");
        string variable = settings.Variable ?? (settings.Batch ? "events" : "event");
        GraphQLVariables.Check(query, variable, settings.KeyVariable, [.. settings.Variables.Keys]);
        return new GraphQLOperation(query, settings.OperationName, variable, settings);
    }

    /// <summary>Writes the parameters of a request ("GraphQL over HTTP", section 5.1; the payload of <c>subscribe</c> is the same).</summary>
    /// <param name="json">Where to.</param>
    /// <param name="batch">The batch.</param>
    /// <param name="index">The event that it is for; with <see cref="IsBatch"/>, all are.</param>
    public void Write(ref JsonWriter json, EventBatch batch, int index)
    {
        json.BeginObject();
        json.Name("query"u8);
        json.String(_query);
        if (_operationName is not null)
        {
            json.Name("operationName"u8);
            json.String(_operationName);
        }

        json.Name("variables"u8);
        json.BeginObject();
        foreach ((byte[] name, byte[] value) in _further)
        {
            json.Name(name);
            json.Json(value);
        }

        if (_keyVariable is not null)
            WriteKeys(ref json, batch, index);
        json.Name(_variable);
        WriteEvents(ref json, batch, index);
        json.EndObject();
        json.EndObject();
    }

    private void WriteKeys(ref JsonWriter json, EventBatch batch, int index)
    {
        json.Name(_keyVariable);
        if (!IsBatch)
        {
            json.String(batch[index].Key);
            return;
        }

        json.BeginArray();
        for (int each = 0; each < batch.Count; each++)
            json.String(batch[each].Key);
        json.EndArray();
    }

    private void WriteEvents(ref JsonWriter json, EventBatch batch, int index)
    {
        bool isJson = JsonMediaType.Matches(batch.ContentType);
        if (!IsBatch)
        {
            WriteEvent(ref json, in batch[index], isJson);
            return;
        }

        json.BeginArray();
        for (int each = 0; each < batch.Count; each++)
            WriteEvent(ref json, in batch[each], isJson);
        json.EndArray();
    }

    private static void WriteEvent(ref JsonWriter json, in OutboundEvent outbound, bool isJson)
    {
        if (isJson)
            json.Json(outbound.Payload.Span);
        else
            json.String(outbound.Payload.Span);
    }
}
