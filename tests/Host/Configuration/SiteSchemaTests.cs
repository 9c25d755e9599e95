using System.Text.Json;
using AuditHost.Configuration;
using AuditHost.Configuration.Keys;

namespace AuditHost.Tests.Configuration;

public sealed class SiteSchemaTests
{
    [Fact]
    public void Schema_has_every_key_with_a_description()
    {
        using JsonDocument schema = Write();
        JsonElement root = schema.RootElement;

        AssertCovers(SiteKeys.Set, root);
        AssertCovers(DestinationKeys.Set, root.GetProperty("$defs").GetProperty("destination_keys"));
        AssertCovers(PredicateKeys.Set, root.GetProperty("$defs").GetProperty("predicate"));
    }

    [Fact]
    public void Schema_has_the_settings_of_each_connector_beside_the_hosts_keys()
    {
        using JsonDocument schema = Write();

        JsonElement splunk = schema.RootElement.GetProperty("$defs").GetProperty("connector_splunk");
        JsonElement properties = splunk.GetProperty("properties");
        Assert.Equal("Where HEC listens.", properties.GetProperty("hec_endpoint").GetProperty("description").GetString());
        Assert.Equal("#/$defs/destination_keys/properties/bulk_size", properties.GetProperty("bulk_size").GetProperty("$ref").GetString());
        Assert.Equal("hec_endpoint", splunk.GetProperty("else").GetProperty("required")[0].GetString());
        JsonElement buffered = schema.RootElement.GetProperty("$defs").GetProperty("connector_buffered").GetProperty("properties");
        Assert.Equal("#/$defs/destination_keys/properties/batch_size", buffered.GetProperty("buffer_size").GetProperty("$ref").GetString());
    }

    [Fact]
    public void Every_reference_of_the_schema_leads_somewhere()
    {
        using JsonDocument schema = Write();
        string[] references = [.. References(schema.RootElement)];

        Assert.NotEmpty(references);
        Assert.All(references, reference => Assert.True(Resolves(schema.RootElement, reference), reference));
    }

    private static void AssertCovers(KeySet keys, JsonElement schema)
    {
        JsonElement properties = schema.GetProperty("properties");
        Assert.False(schema.GetProperty("additionalProperties").GetBoolean());
        foreach (Key key in keys.Keys)
        {
            foreach (string name in key.Names)
                Assert.StartsWith(key.Description, properties.GetProperty(name).GetProperty("description").GetString(), StringComparison.Ordinal);
            JsonElement own = properties.GetProperty(key.Name);
            if (key is MappingKey mapping)
                AssertCovers(mapping.Keys, mapping.IsList ? own.GetProperty("items") : mapping.Shorthand is null ? own : own.GetProperty("anyOf")[1]);
            if (key is VariantKey variants)
                AssertCovers(variants, variants.IsList ? own.GetProperty("items") : own);
        }
    }

    private static void AssertCovers(VariantKey key, JsonElement schema)
    {
        JsonElement variants = schema.GetProperty("oneOf");
        Assert.Equal(key.Variants.Count, variants.GetArrayLength());
        for (int index = 0; index < key.Variants.Count; index++)
            AssertCovers(key.Variants[index].Keys, variants[index]);
    }

    private static IEnumerable<string> References(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => element.EnumerateObject().SelectMany(member =>
            member.Name == "$ref" && member.Value.ValueKind == JsonValueKind.String ? [member.Value.GetString()!] : References(member.Value)),
        JsonValueKind.Array => element.EnumerateArray().SelectMany(References),
        _ => [],
    };

    private static bool Resolves(JsonElement root, string reference) =>
        reference.Split('/')[1..].All(segment => root.TryGetProperty(segment, out root));

    private static JsonDocument Write()
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
            SiteSchema.Write(FakePlugins.Catalogue(), writer);
        return JsonDocument.Parse(stream.ToArray());
    }
}
