using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;

namespace AuditHost.Fakes.GraphQL;

/// <summary>
/// A server's schema: the mutations <c>ingestAuditEvent(event: JSON!): Stored</c> and <c>ingestAuditEvents(events: [JSON!]!): [Stored]</c>. It
/// reads no more of GraphQL than those need; a real server stands beside it in the tests.
/// </summary>
public sealed class GraphQLStore
{
    private readonly ConcurrentDictionary<string, GraphQLFault> _faults = [];
    private readonly ConcurrentQueue<string> _events = [];
    private readonly ConcurrentDictionary<string, bool> _keys = [];

    /// <summary>The events that were stored, in order, each as JSON; of one key once.</summary>
    public IReadOnlyList<string> Events => [.. _events];

    /// <summary>Has the resolver of an event fail.</summary>
    /// <param name="id">The event's <c>event_id</c>.</param>
    /// <param name="fault">How.</param>
    public void Fail(string id, GraphQLFault fault) => _faults[id] = fault;

    /// <summary>Runs the operation of a request's parameters.</summary>
    /// <exception cref="FormatException">They are none.</exception>
    public GraphQLResult Run(JsonElement parameters)
    {
        Check(parameters.ValueKind == JsonValueKind.Object, "The parameters are no object.");
        foreach (JsonProperty member in parameters.EnumerateObject())
            Check(member.Name is "query" or "operationName" or "variables" or "extensions", $"The parameters have a member {member.Name}.");
        Check(parameters.TryGetProperty("query", out JsonElement text) && text.ValueKind == JsonValueKind.String, "The parameters have no query.");
        Check(!parameters.TryGetProperty("operationName", out JsonElement name) || name.ValueKind is JsonValueKind.String or JsonValueKind.Null, "operationName is no text.");
        string query = text.GetString()!;
        if (query.Replace(" ", string.Empty, StringComparison.Ordinal) == "{__typename}")
            return new GraphQLResult("""{"data":{"__typename":"Query"}}""", WasRun: true, HasErrors: false);
        Check(parameters.TryGetProperty("variables", out JsonElement variables) && variables.ValueKind == JsonValueKind.Object, "The parameters have no variables.");
        return RunMutation(query, variables);
    }

    private static void Check(bool holds, string rule)
    {
        if (!holds)
            throw new FormatException(rule);
    }

    private static GraphQLResult Refuse(string message, string code) => new(
        $$$"""{"errors":[{"message":{{{JsonSerializer.Serialize(message)}}},"extensions":{"code":"{{{code}}}"}}]}""", WasRun: false, HasErrors: true);

    private GraphQLResult RunMutation(string query, JsonElement variables)
    {
        bool isList = query.Contains("ingestAuditEvents(", StringComparison.Ordinal);
        string field = isList ? "ingestAuditEvents" : "ingestAuditEvent";
        string argument = isList ? "events: $" : "event: $";
        int place = query.IndexOf(argument, StringComparison.Ordinal);
        if (!query.StartsWith("mutation", StringComparison.Ordinal) || !query.Contains(field + "(", StringComparison.Ordinal) || place < 0)
            return Refuse("Cannot query this field on type \"Mutation\".", "GRAPHQL_VALIDATION_FAILED");
        string variable = new([.. query[(place + argument.Length)..].TakeWhile(one => char.IsAsciiLetterOrDigit(one) || one == '_')]);
        if (!query.Contains($"${variable}:", StringComparison.Ordinal))
            return Refuse($"Variable \"${variable}\" is not defined.", "GRAPHQL_VALIDATION_FAILED");
        if (!variables.TryGetProperty(variable, out JsonElement value) || value.ValueKind == JsonValueKind.Null || (isList && value.ValueKind != JsonValueKind.Array))
            return Refuse($"Variable \"${variable}\" of required type was not provided.", "BAD_USER_INPUT");
        return isList ? RunList(field, value) : RunOne(field, value);
    }

    private GraphQLResult RunOne(string field, JsonElement value)
    {
        (string? stored, string? error) = Store(value, $"\"{field}\"");
        return new GraphQLResult(
            $$$"""{{{{(error is null ? string.Empty : $"\"errors\":[{error}],")}}}"data":{"{{{field}}}":{{{stored ?? "null"}}}}}""", WasRun: true, HasErrors: error is not null);
    }

    private GraphQLResult RunList(string field, JsonElement list)
    {
        var stored = new List<string>();
        var errors = new List<string>();
        foreach (JsonElement value in list.EnumerateArray())
        {
            (string? one, string? error) = Store(value, $"\"{field}\",{stored.Count}");
            stored.Add(one ?? "null");
            if (error is not null)
                errors.Add(error);
        }

        var json = new StringBuilder("{");
        if (errors.Count > 0)
            json.Append("\"errors\":[").AppendJoin(',', errors).Append("],");
        json.Append("\"data\":{\"").Append(field).Append("\":[").AppendJoin(',', stored).Append("]}}");
        return new GraphQLResult(json.ToString(), WasRun: true, errors.Count > 0);
    }

    private (string? Stored, string? Error) Store(JsonElement value, string path)
    {
        string id = value.ValueKind == JsonValueKind.Object && value.TryGetProperty("event_id", out JsonElement own) ? own.ToString() : string.Empty;
        if (_faults.TryGetValue(id, out GraphQLFault? fault))
        {
            return fault.Message is null
                ? (null, null)
                : (null, $$"""{"message":{{JsonSerializer.Serialize(fault.Message)}},"path":[{{path}}]{{(fault.Code is null ? string.Empty : $",\"extensions\":{{\"code\":\"{fault.Code}\"}}")}}}""");
        }

        if (id.Length == 0 || _keys.TryAdd(id, true))
            _events.Enqueue(value.GetRawText());
        return ($$"""{"id":{{JsonSerializer.Serialize($"stored-{id}")}}}""", null);
    }
}
