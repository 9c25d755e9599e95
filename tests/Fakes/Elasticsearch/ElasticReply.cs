using System.Globalization;
using System.Text.Json.Nodes;

namespace AuditHost.Fakes.Elasticsearch;

/// <summary>Answers in Elasticsearch's own words.</summary>
public static class ElasticReply
{
    /// <summary>A request that is refused as a whole.</summary>
    public static FakeAnswer Error(int status, string type, string reason) => new(status, new JsonObject
    {
        ["error"] = new JsonObject
        {
            ["root_cause"] = new JsonArray(new JsonObject { ["type"] = type, ["reason"] = reason }),
            ["type"] = type,
            ["reason"] = reason,
        },
        ["status"] = status,
    }.ToJsonString());

    /// <summary>An answer to <c>_bulk</c> with one item for each fault; <see langword="null"/> is a document that was taken.</summary>
    public static FakeAnswer Bulk(params ItemFault?[] faults) => new(200, string.Create(
        CultureInfo.InvariantCulture,
        $$"""{"errors":{{(faults.Any(fault => fault is not null) ? "true" : "false")}},"items":[{{string.Join(',', faults.Select(fault => fault is null ? """{"create":{"status":201}}""" : fault.ToItem("create").ToJsonString()))}}]}"""));
}
