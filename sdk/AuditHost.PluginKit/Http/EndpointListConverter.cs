using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using AuditHost.PluginKit.Settings;

namespace AuditHost.PluginKit.Http;

/// <summary>Reads an address or a list of them.</summary>
public sealed class EndpointListConverter : JsonConverter<EndpointList>, IDescribedConverter
{
    /// <inheritdoc/>
    /// <exception cref="JsonException">It is neither a text nor a list of texts.</exception>
    public override EndpointList Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType == JsonTokenType.String)
            return EndpointList.Of(reader.GetString()!);
        if (reader.TokenType != JsonTokenType.StartArray)
            throw new JsonException();
        var addresses = new List<string>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            addresses.Add(reader.TokenType == JsonTokenType.String ? reader.GetString()! : throw new JsonException());
        return new EndpointList(addresses);
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, EndpointList value, JsonSerializerOptions options)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(value);
        writer.WriteStartArray();
        foreach (string address in value.Addresses)
            writer.WriteStringValue(address);
        writer.WriteEndArray();
    }

    JsonObject IDescribedConverter.DescribeValue() => new()
    {
        ["type"] = new JsonArray("string", "array"),
        ["items"] = new JsonObject { ["type"] = "string" },
        ["minItems"] = 1,
    };
}
