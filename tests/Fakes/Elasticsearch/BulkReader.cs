using System.Text;
using System.Text.Json;

namespace AuditHost.Fakes.Elasticsearch;

/// <summary>Reads the lines of a <c>_bulk</c> request by the rules of its manual page; one broken rule refuses the whole request.</summary>
internal static class BulkReader
{
    private static readonly HashSet<string> Actions = ["create", "index", "update", "delete"];
    private static readonly HashSet<string> Metadata = ["_index", "_id", "routing", "pipeline", "version", "version_type", "if_seq_no", "if_primary_term", "require_alias", "require_data_stream", "dynamic_templates", "list_executed_pipelines"];

    /// <returns>The actions, or what is wrong with the request.</returns>
    public static (List<BulkAction> Actions, (string Type, string Reason)? Fault) Read(ReadOnlyMemory<byte> body)
    {
        var actions = new List<BulkAction>();
        if (body.IsEmpty)
            return (actions, ("parse_exception", "request body is required"));
        if (body.Span[^1] != '\n')
            return (actions, ("illegal_argument_exception", "The bulk request must be terminated by a newline [\\n]"));
        int line = 0;
        while (!body.IsEmpty)
        {
            line++;
            ReadOnlyMemory<byte> first = NextLine(ref body);
            if (first.IsEmpty)
                continue;
            if (ReadAction(first, line, out BulkAction? action) is { } fault)
                return (actions, ("illegal_argument_exception", fault));
            if (action!.Name != "delete")
            {
                if (body.IsEmpty)
                    return (actions, ("illegal_argument_exception", "The bulk request must be terminated by a newline [\\n]"));
                line++;
                action = action with { Source = NextLine(ref body) };
            }

            if (action.Id is { } id && (id.Length == 0 || Encoding.UTF8.GetByteCount(id) > 512))
                return (actions, ("action_request_validation_exception", id.Length == 0 ? "Validation Failed: 1: if _id is specified it must not be empty;" : $"Validation Failed: 1: id [{id}] is too long, must be no longer than 512 bytes;"));
            actions.Add(action);
        }

        return (actions, null);
    }

    private static ReadOnlyMemory<byte> NextLine(ref ReadOnlyMemory<byte> body)
    {
        int end = body.Span.IndexOf((byte)'\n');
        ReadOnlyMemory<byte> line = body[..end];
        body = body[(end + 1)..];
        return line;
    }

    private static string? ReadAction(ReadOnlyMemory<byte> line, int number, out BulkAction? action)
    {
        action = null;
        try
        {
            using JsonDocument document = JsonDocument.Parse(line);
            JsonElement root = document.RootElement;
            if (root.ValueKind != JsonValueKind.Object || root.EnumerateObject().Count() != 1)
                return $"Malformed action/metadata line [{number}], expected one action";
            JsonProperty one = root.EnumerateObject().First();
            if (!Actions.Contains(one.Name))
                return $"Malformed action/metadata line [{number}], expected field [create], [delete], [index] or [update] but found [{one.Name}]";
            if (one.Value.ValueKind != JsonValueKind.Object)
                return $"Malformed action/metadata line [{number}], expected START_OBJECT";
            foreach (JsonProperty member in one.Value.EnumerateObject())
            {
                if (!Metadata.Contains(member.Name))
                    return $"Action/metadata line [{number}] contains an unknown parameter [{member.Name}]";
            }

            action = new BulkAction(one.Name, Text(one.Value, "_index"), Text(one.Value, "_id"), default);
            return null;
        }
        catch (JsonException)
        {
            return $"Malformed action/metadata line [{number}], expected JSON";
        }
    }

    private static string? Text(JsonElement json, string name) => json.TryGetProperty(name, out JsonElement value) ? value.ToString() : null;
}
