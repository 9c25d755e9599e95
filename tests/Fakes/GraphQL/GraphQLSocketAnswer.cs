namespace AuditHost.Fakes.GraphQL;

/// <summary>What a server of <c>graphql-transport-ws</c> says to an operation.</summary>
/// <param name="Messages">The messages.</param>
/// <param name="Close">The code that it closes with after them.</param>
public sealed record GraphQLSocketAnswer(IReadOnlyList<string> Messages, int? Close = null)
{
    /// <summary>The result and the end of an operation, as the protocol has it.</summary>
    public static GraphQLSocketAnswer Of(string id, GraphQLResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        return result.WasRun
            ? new([$$"""{"id":"{{id}}","type":"next","payload":{{result.Json}}}""", $$"""{"id":"{{id}}","type":"complete"}"""])
            : new([$$"""{"id":"{{id}}","type":"error","payload":{{result.Json["{\"errors\":".Length..^1]}}}"""]);
    }
}
