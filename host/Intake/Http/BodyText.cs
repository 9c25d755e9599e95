namespace AuditHost.Intake.Http;

/// <summary>Makes sure that a body is text in UTF-8 before anyone looks for JSON in it.</summary>
internal static class BodyText
{
    /// <returns>The text without its byte order mark.</returns>
    /// <exception cref="RefusedRequestException">The body is empty, or surely something else.</exception>
    public static ReadOnlyMemory<byte> Check(ReadOnlyMemory<byte> body)
    {
        if (body.IsEmpty)
            throw new RefusedRequestException(Problems.BadBody("The body is empty. Send at least one event."));
        if (TextEncodings.DetectForeign(body.Span) is { } foreign)
            throw new RefusedRequestException(Problems.BadBody(Advice(foreign)));
        return body.Span.StartsWith(TextEncodings.Utf8Mark) ? body[TextEncodings.Utf8Mark.Length..] : body;
    }

    private static string Advice(string foreign) => foreign.StartsWith("UTF", StringComparison.Ordinal)
        ? $"The body is {foreign}. JSON is exchanged in UTF-8: convert it and send it again."
        : $"The body is compressed with {foreign}, once more than Content-Encoding says. Name the encoding there, and compress once.";
}
