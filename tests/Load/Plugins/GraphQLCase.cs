using AuditHost.Fakes.GraphQL;

namespace AuditHost.Load;

/// <summary>A GraphQL server over HTTP, with a list of events in each mutation.</summary>
internal static class GraphQLCase
{
    public static IPluginCase Batch() => new HttpCase<GraphQLApi>(
        new GraphQLApi(), static fake => fake.Count, static fake => $"{{ type: graphql, batch: true, endpoint: \"{fake.Address}\" }}");
}
