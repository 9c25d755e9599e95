using System.Buffers;
using AuditHost.PluginKit.Text;

namespace AuditHost.Connectors.AppDynamics.Events;

/// <summary>What creates a schema, and what adds to one ("Analytics Events API").</summary>
internal static class SchemaBody
{
    /// <summary>The whole schema: <c>{"schema":{"event_id":"string"}}</c>.</summary>
    public static ReadOnlyMemory<byte> Create(IReadOnlyList<EventColumn> columns)
    {
        var body = new ArrayBufferWriter<byte>();
        var json = new JsonWriter(body);
        json.BeginObject();
        Write(ref json, "schema"u8, columns);
        json.EndObject();
        json.Flush();
        return body.WrittenMemory;
    }

    /// <summary>A list of one change: <c>[{"add":{"event_id":"string"}}]</c>.</summary>
    public static ReadOnlyMemory<byte> Add(IReadOnlyList<EventColumn> columns)
    {
        var body = new ArrayBufferWriter<byte>();
        var json = new JsonWriter(body);
        json.BeginArray();
        json.BeginObject();
        Write(ref json, "add"u8, columns);
        json.EndObject();
        json.EndArray();
        json.Flush();
        return body.WrittenMemory;
    }

    private static void Write(ref JsonWriter json, ReadOnlySpan<byte> name, IReadOnlyList<EventColumn> columns)
    {
        json.Name(name);
        json.BeginObject();
        foreach (EventColumn column in columns)
        {
            json.Name(column.Utf8Name);
            json.String(column.TypeName);
        }

        json.EndObject();
    }
}
