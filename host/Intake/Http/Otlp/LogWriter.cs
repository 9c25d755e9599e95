using System.Text.Encodings.Web;
using System.Text.Json;

namespace AuditHost.Intake.Http.Otlp;

/// <summary>
/// Writes what is known of a log record as one JSON object: its own members, and what it shares with others under <c>resource</c> and
/// <c>scope</c>. Attributes are members of objects, which can be looked up by name.
/// </summary>
internal sealed class LogWriter : IDisposable
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    private readonly BodyBuffer _buffer = new();

    public LogWriter() => Json = new Utf8JsonWriter(_buffer, Options);

    public Utf8JsonWriter Json { get; }

    /// <summary>What was written; valid until the next record.</summary>
    public ReadOnlySpan<byte> Written
    {
        get
        {
            Json.Flush();
            return _buffer.Written.Span;
        }
    }

    /// <summary>Begins the next record.</summary>
    public void Begin()
    {
        _buffer.Clear();
        Json.Reset();
        Json.WriteStartObject();
    }

    /// <summary>A number of nanoseconds, as text as in the protocol's own JSON; 0 is none.</summary>
    public void Time(ReadOnlySpan<byte> name, ulong nanoseconds)
    {
        if (nanoseconds == 0)
            return;
        Span<byte> digits = stackalloc byte[20];
        nanoseconds.TryFormat(digits, out int length, default, System.Globalization.CultureInfo.InvariantCulture);
        Json.WriteString(name, digits[..length]);
    }

    /// <summary>A number that JSON cannot have is a text.</summary>
    public void Double(double number)
    {
        if (double.IsFinite(number))
            Json.WriteNumberValue(number);
        else
            Json.WriteStringValue(double.IsNaN(number) ? "NaN" : number > 0 ? "Infinity" : "-Infinity");
    }

    public void Dispose()
    {
        Json.Dispose();
        _buffer.Dispose();
    }
}
