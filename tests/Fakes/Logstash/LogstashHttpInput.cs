using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace AuditHost.Fakes.Logstash;

/// <summary>
/// The http input with its usual codecs. As Logstash it makes an event of any request, whatever its method and path, and answers ok to one
/// that is no JSON; both stand under the violations then.
/// </summary>
public sealed class LogstashHttpInput(X509Certificate2? certificate = null) : FakeHttpServer(certificate: certificate)
{
    public LogstashIntake Intake { get; } = new();

    /// <summary>The input's user and password; empty for none.</summary>
    public string User { get; init; } = string.Empty;

    public string Password { get; init; } = string.Empty;

    /// <summary>The input's response_code.</summary>
    public int ResponseCode { get; init; } = 200;

    /// <summary>The input's max_content_length, counted over the wire.</summary>
    public int MaxContentLength { get; init; } = 100 << 20;

    protected override FakeAnswer Answer(FakeRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (request.Raw.Length > MaxContentLength)
            return Refuse($"A body of {request.Raw.Length} bytes", new FakeAnswer(413));
        if (User.Length > 0 && request.Header("Authorization") != "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes($"{User}:{Password}")))
            return Refuse("The credentials are missing or wrong", new FakeAnswer(401).With("WWW-Authenticate", "Basic realm=\"Logstash HTTP Input\""));
        FakeAnswer taken = ResponseCode == 204 ? new FakeAnswer(204) : new FakeAnswer(ResponseCode, "ok", "text/plain");
        if (request.Method != "POST")
            return Refuse($"An event was made of a {request.Method}", taken);
        if (request.Header("Content-Type") != "application/json")
            return Refuse($"The codec for {request.Header("Content-Type")} makes one event of the whole body", taken);
        try
        {
            Intake.TakeArray(request.Body.Span);
            return taken;
        }
        catch (FormatException exception)
        {
            return Refuse(exception.Message, taken);
        }
    }
}
