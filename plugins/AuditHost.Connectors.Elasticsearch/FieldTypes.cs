using System.Net;
using System.Text.Json;
using AuditHost.PluginKit.Http;

namespace AuditHost.Connectors.Elasticsearch;

/// <summary>
/// Asks what the fields are mapped to (<c>_field_caps</c>). Without a template Elasticsearch makes a text of a new field, which cannot be compared or
/// sorted by, and a keyword below it. It can be a text in one index and a keyword in another.
/// </summary>
internal sealed class FieldTypes(ElasticClient client, string indices, SearchFields fields)
{
    private readonly string _target =
        $"/{indices}/_field_caps?ignore_unavailable=true&allow_no_indices=true&fields={string.Join(',', fields.Id, fields.Type, fields.Severity, fields.User)}";

    public async ValueTask<SearchedFields> FindAsync(Uri endpoint, CancellationToken cancellationToken)
    {
        using HttpRequestMessage request = client.Request(endpoint, HttpMethod.Get, _target);
        using HttpResponseMessage response = await client.SendAsync(endpoint, request, cancellationToken).ConfigureAwait(false);
        using JsonAnswer answer = await JsonAnswer.ReadAsync(response, 4 << 20, cancellationToken).ConfigureAwait(false);
        if (response.StatusCode != HttpStatusCode.OK)
            throw client.Refusal("_field_caps", response, ElasticError.In(answer.Root));
        if (answer.Find("fields") is not { ValueKind: JsonValueKind.Object } types)
            throw new HttpRequestException("The answer to _field_caps is none. Is this Elasticsearch?", inner: null, response.StatusCode);
        return new SearchedFields(Find(types, fields.Id), Find(types, fields.Type), Find(types, fields.Severity), Find(types, fields.User));
    }

    private static SearchedField Find(JsonElement types, string field) => new(
        field,
        types.MemberOrNull(field) is { } found && (found.MemberOrNull("text") is not null || found.MemberOrNull("match_only_text") is not null));
}
