using System.Text.Json;
using AuditHost.Connectors.GraphQL;
using AuditHost.Fakes.GraphQL;
using AuditHost.Sdk;
using AuditHost.Sdk.Testing;

namespace AuditHost.Plugins.Tests.Conformance;

/// <summary>One mutation for each event.</summary>
public sealed class GraphQLSingleConformanceTests : HttpConnectorConformance
{
    protected override bool BodyDecides => true;

    protected override bool HasSecretSettings => false;

    protected override ConnectorFactory CreateFactory() => new GraphQLFactory();

    protected override string Settings(Uri endpoint) => $$"""{"endpoint":"{{endpoint}}"}""";

    protected override PeerAnswer Delivered(PeerRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        using JsonDocument? document = request.Text.Length == 0 ? null : JsonDocument.Parse(request.Text);
        return new PeerAnswer(200, document is null ? """{"data":{"ingestAuditEvent":{"id":"x"}}}""" : new GraphQLStore().Run(document.RootElement).Json);
    }

    protected override PeerAnswer Refused(PeerRequest request) =>
        new(422, """{"errors":[{"message":"no","extensions":{"code":"BAD_USER_INPUT"}}]}""");
}
