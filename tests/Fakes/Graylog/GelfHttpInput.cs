using System.Security.Cryptography.X509Certificates;

namespace AuditHost.Fakes.Graylog;

/// <summary>A GELF HTTP input. It answers 202 before it looks at a message, as Graylog does; what is then dropped stands under the violations.</summary>
public sealed class GelfHttpInput(X509Certificate2? certificate = null) : FakeHttpServer(certificate: certificate)
{
    public GelfIntake Intake { get; } = new();

    /// <summary>The input's "Enable Bulk Receiving".</summary>
    public bool Bulk { get; init; }

    /// <summary>The input's "Authorization Header Name", empty for none.</summary>
    public string AuthorizationHeader { get; init; } = string.Empty;

    /// <summary>The input's "Authorization Header Value".</summary>
    public string AuthorizationValue { get; init; } = string.Empty;

    /// <summary>The input's "Max. HTTP chunk size".</summary>
    public int MaxBytes { get; init; } = 65_536;

    protected override FakeAnswer Answer(FakeRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (request.Raw.Length > MaxBytes)
            return Refuse($"A request of {request.Raw.Length} bytes", new FakeAnswer(413));
        if (request.Method == "OPTIONS")
            return new FakeAnswer(200);
        if (AuthorizationHeader.Length > 0 && request.Header(AuthorizationHeader) != AuthorizationValue)
            return Refuse("The authorization header is missing or wrong", new FakeAnswer(401));
        if (request.Method == "GET")
            return new FakeAnswer(405);
        if (request.Method != "POST")
            return Refuse($"{request.Method} is not taken", new FakeAnswer(405));
        if (request.Path != "/gelf" || request.Query.Count > 0)
            return Refuse($"{request.Path} is not the path", new FakeAnswer(404));
        Take(request);
        return new FakeAnswer(202);
    }

    private void Take(FakeRequest request)
    {
        if (request.Header("Content-Encoding") is not ("" or "gzip"))
        {
            Intake.Break("The content encoding is not taken");
            return;
        }

        if (!Bulk)
        {
            Intake.Take(request.Body.Span);
            return;
        }

        // Issue 21551: what follows the first request of a connection is lost, and answered with 202 all the same.
        if (!request.Header("Connection").Equals("close", StringComparison.OrdinalIgnoreCase))
        {
            Intake.Break("A connection to an input with bulk receiving is kept open");
            return;
        }

        ReadOnlySpan<byte> body = request.Body.Span;
        foreach (Range line in body.Split((byte)'\n'))
        {
            if (!body[line].Trim("\r"u8).IsEmpty)
                Intake.Take(body[line].Trim("\r"u8));
        }
    }
}
