using System.Globalization;
using AuditHost.Sdk.Testing;

namespace AuditHost.Plugins.Tests.Conformance;

/// <summary>What a node of Elasticsearch answers to both connectors.</summary>
public abstract class ElasticConformance : HttpConnectorConformance
{
    private const string Taken = """{"create":{"status":201}}""";

    protected override PeerAnswer Delivered(PeerRequest request) => Answer(request, static _ => Taken);

    protected override PeerAnswer? PartialFailure(PeerRequest request, int failedIndex) => Answer(
        request,
        index => index == failedIndex ? """{"create":{"status":400,"error":{"type":"document_parsing_exception","reason":"no"}}}""" : Taken,
        atLeast: failedIndex + 1);

    protected override PeerAnswer Refused(PeerRequest request) => new(400, """{"error":{"type":"parse_exception","reason":"no"},"status":400}""");

    private static PeerAnswer Answer(PeerRequest request, Func<int, string> item, int atLeast = 1)
    {
        int count = Math.Max(request.Text.Split("""{"create":""").Length - 1, atLeast);
        string items = string.Join(',', Enumerable.Range(0, count).Select(item));
        return new PeerAnswer(200, string.Create(CultureInfo.InvariantCulture, $$"""{"took":3,"errors":false,"items":[{{items}}]}"""));
    }
}
