using System.Text;
using System.Text.Json;

namespace AuditHost.Fakes.GraphQL;

/// <summary>
/// A GraphQL server over HTTP that holds a client to the working draft of "GraphQL over HTTP": method, media types, the form of the
/// parameters. With <see cref="IsLegacy"/> it answers 200 to everything, in <c>application/json</c>; else by the draft, 294 for a partial
/// success among it.
/// </summary>
public sealed class GraphQLApi : FakeHttpServer
{
    private readonly GraphQLCounter _counter = new();

    public GraphQLStore Store { get; } = new();

    /// <summary>Whether it speaks the old way: 200 and <c>application/json</c> whatever came of it.</summary>
    public bool IsLegacy { get; init; }

    /// <summary>How many events came, while <see cref="FakeHttpServer.Keeps"/> is off.</summary>
    public long Count => _counter.Count;

    protected override FakeAnswer Answer(FakeRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (request.Method != "POST")
            return Refuse($"Mutations are sent by POST, not {request.Method}.", new FakeAnswer(405).With("Allow", "POST"));
        if (request.Headers.ContentType.ToString().Split(';')[0].Trim() != "application/json")
            return Refuse("The body is not application/json.", new FakeAnswer(415));
        if (!request.Headers.Accept.ToString().Contains("application/graphql-response+json", StringComparison.Ordinal))
            return Refuse("application/graphql-response+json is not accepted.", new FakeAnswer(406));
        if (!Keeps)
            return new FakeAnswer(200, _counter.Answer(request.Body.Span), "application/json");
        try
        {
            return Told(Store.Run(JsonElement.Parse(request.Body.Span, new JsonDocumentOptions { MaxDepth = 2000 })));
        }
        catch (Exception exception) when (exception is JsonException or FormatException)
        {
            return Refuse(exception.Message, new FakeAnswer(IsLegacy ? 200 : 400, """{"errors":[{"message":"The request is not well-formed."}]}"""));
        }
    }

    private FakeAnswer Told(GraphQLResult result)
    {
        int status = (result.WasRun, result.HasErrors) switch
        {
            (true, false) => 200,
            (true, true) => 294,
            _ => 422,
        };
        return IsLegacy
            ? new FakeAnswer(200, Encoding.UTF8.GetBytes(result.Json), "application/json; charset=utf-8")
            : new FakeAnswer(status, Encoding.UTF8.GetBytes(result.Json), "application/graphql-response+json; charset=utf-8");
    }
}
