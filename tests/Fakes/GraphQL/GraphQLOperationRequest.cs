using System.Text.Json;

namespace AuditHost.Fakes.GraphQL;

/// <summary>A <c>subscribe</c> message.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Parameters">Its payload.</param>
public sealed record GraphQLOperationRequest(string Id, JsonElement Parameters);
