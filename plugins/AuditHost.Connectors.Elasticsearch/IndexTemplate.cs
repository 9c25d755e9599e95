using System.Buffers;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using AuditHost.PluginKit.Http;
using AuditHost.Sdk;

namespace AuditHost.Connectors.Elasticsearch;

/// <summary>
/// A composable template and the component template with its mappings ("Index templates"). Both are put whole at every start; what an operator
/// adds belongs into the component template <c>NAME@custom</c>, which is used where it exists and never touched.
/// </summary>
internal sealed class IndexTemplate
{
    private readonly string _name;
    private readonly ReadOnlyMemory<byte> _component;
    private readonly ReadOnlyMemory<byte> _template;

    private IndexTemplate(string name, ReadOnlySpan<byte> component, ReadOnlyMemory<byte> template)
    {
        _name = name;
        _component = component.ToArray();
        _template = template;
    }

    /// <exception cref="SettingsException">A setting cannot work.</exception>
    public static IndexTemplate ForIndices(IndexTemplateSettings settings, string name, string pattern)
    {
        name = Check(settings, name);
        return new IndexTemplate(name, TemplateMappings.Events, Write(settings, name, [pattern], [], static _ => { }, static _ => { }));
    }

    /// <summary>
    /// Named apart from the template of dated indices, which may be in the same cluster with the same prefix: where both fit the same names,
    /// Elasticsearch then refuses the second, instead of making data streams of dated indices.
    /// </summary>
    /// <exception cref="SettingsException">A setting cannot work.</exception>
    public static IndexTemplate ForDataStream(DataStreamTemplateSettings settings, string name, IReadOnlyList<string> patterns)
    {
        name = Check(settings, name + "-stream");
        if (settings.Retention is { } retention && !IsDuration(retention, "dhms"))
            throw new SettingsException("index_template.retention", "Not a duration. Use a number and a unit, for instance 2555d");

        // Elasticsearch's own types for the fields of ECS.
        byte[] template = Write(settings, name, patterns, ["ecs@mappings"], static json => json.WriteStartObject("data_stream"), json =>
        {
            if (settings.Retention is not null)
            {
                json.WriteStartObject("lifecycle");
                json.WriteString("data_retention", settings.Retention);
                json.WriteEndObject();
            }

            if (settings.FailureStore is { } isOn)
            {
                json.WriteStartObject("data_stream_options");
                json.WriteStartObject("failure_store");
                json.WriteBoolean("enabled", isOn);
                json.WriteEndObject();
                json.WriteEndObject();
            }
        });
        return new IndexTemplate(name, TemplateMappings.Ecs, template);
    }

    /// <summary>Puts the component template, then the template that needs it.</summary>
    /// <exception cref="HttpRequestException">One was refused.</exception>
    public async ValueTask PutAsync(ElasticClient client, CancellationToken cancellationToken)
    {
        await PutAsync(client, $"/_component_template/{_name}@mappings", _component, cancellationToken).ConfigureAwait(false);
        await PutAsync(client, $"/_index_template/{_name}", _template, cancellationToken).ConfigureAwait(false);
    }

    private static async ValueTask PutAsync(ElasticClient client, string path, ReadOnlyMemory<byte> body, CancellationToken cancellationToken)
    {
        Uri endpoint = client.Endpoints.Choose();
        var content = new ReadOnlyMemoryContent(body);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        using HttpRequestMessage request = client.Request(endpoint, HttpMethod.Put, path, content);
        using HttpResponseMessage response = await client.SendAsync(endpoint, request, cancellationToken).ConfigureAwait(false);
        using JsonAnswer answer = await JsonAnswer.ReadAsync(response, ResponseText.MaxReadBytes, cancellationToken).ConfigureAwait(false);
        if (response.StatusCode == HttpStatusCode.OK && answer.Find("acknowledged") is { ValueKind: JsonValueKind.True })
            return;
        string asked = response.StatusCode == HttpStatusCode.Forbidden
            ? $"PUT {path} (give the credentials manage_index_templates, or leave index_template out)"
            : $"PUT {path}";
        throw client.Refusal(asked, response, ElasticError.In(answer.Root));
    }

    private static byte[] Write(
        IndexTemplateSettings settings, string name, IReadOnlyList<string> patterns, string[] components, Action<Utf8JsonWriter> beginStream, Action<Utf8JsonWriter> addStream)
    {
        var output = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(output))
        {
            json.WriteStartObject();
            WriteTexts(json, "index_patterns", patterns);
            json.WriteNumber("priority", settings.Priority);
            WriteTexts(json, "composed_of", [.. components, $"{name}@mappings", $"{name}@custom"]);
            WriteTexts(json, "ignore_missing_component_templates", [.. components, $"{name}@custom"]);
            int depth = json.CurrentDepth;
            beginStream(json);
            if (json.CurrentDepth > depth)
                json.WriteEndObject();
            json.WriteStartObject("template");
            WriteSettings(json, settings);
            addStream(json);
            json.WriteEndObject();
            json.WriteStartObject("_meta");
            json.WriteString("managed_by", "audithost");
            json.WriteEndObject();
            json.WriteEndObject();
        }

        return output.WrittenSpan.ToArray();
    }

    private static void WriteSettings(Utf8JsonWriter json, IndexTemplateSettings settings)
    {
        json.WriteStartObject("settings");
        json.WriteStartObject("index");
        if (settings.Shards is { } shards)
            json.WriteNumber("number_of_shards", shards);
        if (settings.Replicas is { } replicas)
            json.WriteNumber("number_of_replicas", replicas);
        if (settings.RefreshInterval is { } interval)
            json.WriteString("refresh_interval", interval);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteTexts(Utf8JsonWriter json, string name, IEnumerable<string> texts)
    {
        json.WriteStartArray(name);
        foreach (string text in texts)
            json.WriteStringValue(text);
        json.WriteEndArray();
    }

    private static string Check(IndexTemplateSettings settings, string name)
    {
        if (settings.Shards is not (null or (>= 1 and <= 1024)))
            throw new SettingsException("index_template.shards", "Expected 1 to 1024");
        if (settings.Replicas is not (null or (>= 0 and <= 100)))
            throw new SettingsException("index_template.replicas", "Expected 0 to 100");
        if (settings.Priority < 0)
            throw new SettingsException("index_template.priority", "Expected 0 or more; above 200, what Elasticsearch brings does not win");
        if (settings.RefreshInterval is { } interval && interval != "-1" && !IsDuration(interval, "hms"))
            throw new SettingsException("index_template.refresh_interval", "Not a duration. Use a number and a unit, for instance 30s, or -1");
        return settings.Name is null ? name : IndexName.Check("index_template.name", settings.Name);
    }

    /// <summary>A number and a unit: ms, or one of the letters.</summary>
    private static bool IsDuration(string text, string units)
    {
        int unit = text.AsSpan().IndexOfAnyExceptInRange('0', '9');
        return unit > 0 && int.TryParse(text.AsSpan(0, unit), NumberStyles.None, CultureInfo.InvariantCulture, out _)
            && (text[unit..] == "ms" || (unit == text.Length - 1 && units.Contains(text[unit], StringComparison.Ordinal)));
    }
}
