namespace AuditHost.Connectors.Elasticsearch;

/// <summary>
/// The component templates with the mappings. A value of another type than its field leaves the field out of the index, not the event out of the
/// store (<c>ignore_malformed</c>): who may send events is an open set. A data stream wants its <c>@timestamp</c> without that.
/// </summary>
internal static class TemplateMappings
{
    /// <summary>
    /// For the format <c>elasticsearch</c>. Texts are keywords, for filters and counts, and all together one field of words, for searches. Maps
    /// whose names a producer chooses are one field each, so that they do not use up the fields that an index may have.
    /// </summary>
    public static ReadOnlySpan<byte> Events =>
        """
        {
          "template": {
            "settings": { "index": { "mapping": { "ignore_malformed": true }, "query": { "default_field": ["search_text"] } } },
            "mappings": {
              "date_detection": false,
              "dynamic_templates": [
                { "metadata": { "path_match": "context.metadata", "match_mapping_type": "object", "mapping": { "type": "flattened", "ignore_above": 8191 } } },
                { "error_context": { "path_match": "payload.data.context_information", "match_mapping_type": "object", "mapping": { "type": "flattened", "ignore_above": 8191 } } },
                { "parameters": { "path_match": "payload.data.transformation_rules.parameters", "match_mapping_type": "object", "mapping": { "type": "flattened", "ignore_above": 8191 } } },
                { "texts": { "match_mapping_type": "string", "mapping": { "type": "keyword", "ignore_above": 8191, "copy_to": "search_text" } } }
              ],
              "properties": {
                "@timestamp": { "type": "date", "ignore_malformed": false },
                "timestamp": { "type": "date_nanos" },
                "message": { "type": "text", "copy_to": "search_text" },
                "search_text": { "type": "text" }
              }
            }
          },
          "_meta": { "managed_by": "audithost" }
        }
        """u8;

    /// <summary>For ECS: what Elasticsearch's own component template <c>ecs@mappings</c> leaves open.</summary>
    public static ReadOnlySpan<byte> Ecs =>
        """
        {
          "template": {
            "settings": { "index": { "mapping": { "ignore_malformed": true } } },
            "mappings": {
              "date_detection": false,
              "dynamic_templates": [
                { "texts": { "match_mapping_type": "string", "mapping": { "type": "keyword", "ignore_above": 8191 } } }
              ],
              "properties": {
                "@timestamp": { "type": "date", "ignore_malformed": false },
                "message": { "type": "match_only_text" }
              }
            }
          },
          "_meta": { "managed_by": "audithost" }
        }
        """u8;
}
