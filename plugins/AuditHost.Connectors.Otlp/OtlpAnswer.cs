using AuditHost.PluginKit.Http;
using AuditHost.PluginKit.Protobuf;
using AuditHost.Sdk;

namespace AuditHost.Connectors.Otlp;

/// <summary>An answer as a receiver sent it: a head, and a body in the encoding that the head says.</summary>
/// <param name="response">The head.</param>
/// <param name="body">The body.</param>
internal readonly ref struct OtlpAnswer(HttpResponseMessage response, AnswerBody body)
{
    public HttpResponseMessage Response => response;

    public int Status => (int)response.StatusCode;

    /// <summary>Whether there is more of it than is read.</summary>
    public bool IsTooLong => body.IsTooLong;

    /// <summary>
    /// Whether the status is one that receivers give to what they took. The specification has 200 alone, Fluent Bit says 201, Loki 204;
    /// others within 2xx are known to mean that nothing was taken.
    /// </summary>
    public bool IsSuccess => Status is 200 or 201 or 202 or 204;

    public AnswerType Type => response.Content.Headers.ContentType?.MediaType switch
    {
        null => AnswerType.Unsaid,
        { } type when JsonMediaType.Matches(type) => AnswerType.Json,
        { } type when type.ToLowerInvariant() is "application/x-protobuf" or "application/protobuf" => AnswerType.Protobuf,
        _ => AnswerType.Foreign,
    };

    /// <summary>Reads the body of a success; <see langword="null"/> where it is not what a receiver says.</summary>
    /// <param name="logs">How the request was written.</param>
    public ExportAnswer? Read(ILogEncoding logs)
    {
        if (body.Bytes.IsEmpty && IsWholeWithoutBody(logs))
            return new ExportAnswer(0, string.Empty);
        return Type switch
        {
            AnswerType.Protobuf => ExportAnswer.ReadProtobuf(body.Bytes),
            AnswerType.Json => ExportAnswer.ReadJson(body.Bytes),
            AnswerType.Unsaid when !logs.EmptyAnswerIsSuccess => ExportAnswer.ReadJson(body.Bytes),
            _ => null,
        };
    }

    /// <summary>
    /// No body is a whole success after 204, which has none, and where it stands for a message without fields. Fluent Bit answers 201 without
    /// body or type to either encoding. A type that is not OTLP's says that something else answers there.
    /// </summary>
    private bool IsWholeWithoutBody(ILogEncoding logs) => Status == 204 || Type switch
    {
        AnswerType.Protobuf => logs.EmptyAnswerIsSuccess,
        AnswerType.Unsaid => logs.EmptyAnswerIsSuccess || Status is 201 or 202,
        _ => false,
    };

    /// <summary>What the body says for receipts and dead letters: of a failure in protobuf, its message (<c>google.rpc.Status</c>).</summary>
    public string? Text => Type == AnswerType.Protobuf
        ? MessageOf(body.Bytes)
        : ResponseText.Clean(body.Bytes[..Math.Min(body.Bytes.Length, DeliveryResult.MaxResponseBytes)]);

    private static string? MessageOf(ReadOnlySpan<byte> status)
    {
        string? message = null;
        var reader = new ProtobufReader(status);
        while (reader.Read())
        {
            if (reader.Field == OtlpField.StatusMessage && reader.HasBytes)
                message = ResponseText.Clean(reader.Bytes);
        }

        return message;
    }
}
