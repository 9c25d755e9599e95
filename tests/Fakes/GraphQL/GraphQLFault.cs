namespace AuditHost.Fakes.GraphQL;

/// <summary>What a resolver throws, or that it returns null.</summary>
/// <param name="Code"><c>extensions.code</c>; <see langword="null"/> for none.</param>
/// <param name="Message">The message; <see langword="null"/> to return null without an error.</param>
public sealed record GraphQLFault(string? Code, string? Message);
