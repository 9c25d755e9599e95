using System.Text.Json;
using AuditHost.Connectors.GraphQL;
using AuditHost.Fakes.GraphQL;
using AuditHost.Sdk;
using AuditHost.Sdk.Testing;

namespace AuditHost.Plugins.Tests.Conformance;

public sealed class GraphQLConformanceTests : HttpConnectorConformance
{
    protected override bool BodyDecides => true;

    protected override bool HasSecretSettings => false;

    protected override ConnectorFactory CreateFactory() => new GraphQLFactory();

    protected override string Settings(Uri endpoint) => $$"""{"endpoint":"{{endpoint}}","batch":true}""";

    protected override PeerAnswer Delivered(PeerRequest request) => Run(request, new GraphQLStore());

    protected override PeerAnswer? PartialFailure(PeerRequest request, int failedIndex)
    {
        string stored = string.Join(',', Enumerable.Range(0, 3).Select(index => index == failedIndex ? "null" : """{"id":"x"}"""));
        string error = $$"""{"message":"no","path":["ingestAuditEvents",{{failedIndex}}],"extensions":{"code":"BAD_USER_INPUT"} }""";
        return new PeerAnswer(294, $$"""{"errors":[{{error}}],"data":{"ingestAuditEvents":[{{stored}}]} }""");
    }

    protected override PeerAnswer Refused(PeerRequest request) =>
        new(200, """{"errors":[{"message":"no","extensions":{"code":"BAD_USER_INPUT"}}]}""");

    private static PeerAnswer Run(PeerRequest request, GraphQLStore store)
    {
        using JsonDocument? document = request.Text.Length == 0 ? null : JsonDocument.Parse(request.Text);
        return new PeerAnswer(200, document is null ? """{"data":{"ingestAuditEvents":[{"id":"x"}]}}""" : store.Run(document.RootElement).Json);
    }
}
