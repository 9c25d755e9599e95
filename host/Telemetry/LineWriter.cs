using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using AuditHost.Configuration.Secrets;
using Microsoft.Extensions.Logging;

namespace AuditHost.Telemetry;

/// <summary>Writes log lines. Whatever a message holds, a line stays one line and shows no secret.</summary>
internal sealed class LineWriter(bool json)
{
    private readonly TextWriter _output = TextWriter.Synchronized(Console.Error);

    public Redactor? Redactor { get; set; }

    public void Write(
        LogLevel level, string category, string message, IReadOnlyList<KeyValuePair<string, object?>>? values, Exception? exception)
    {
        string line = json ? JsonLine(level, category, message, values, exception) : TextLine(level, category, message, exception);
        _output.WriteLine(line);
    }

    private string TextLine(LogLevel level, string category, string message, Exception? exception)
    {
        string time = DateTimeOffset.UtcNow.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
        string detail = exception is null ? string.Empty : $" ({exception.GetType().Name}: {exception.Message})";
        return OneLine(Clean($"{time} {NameOf(level),-5} {category}: {message}{detail}"));
    }

    private string JsonLine(
        LogLevel level, string category, string message, IReadOnlyList<KeyValuePair<string, object?>>? values, Exception? exception)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            writer.WriteString("time", DateTimeOffset.UtcNow);
            writer.WriteString("level", NameOf(level));
            writer.WriteString("part", category);
            writer.WriteString("message", Clean(message));
            foreach ((string name, object? value) in values ?? [])
            {
                if (name != "{OriginalFormat}")
                    writer.WriteString(JsonNamingPolicy.SnakeCaseLower.ConvertName(name), Clean(Convert.ToString(value, CultureInfo.InvariantCulture) ?? string.Empty));
            }

            if (exception is not null)
                writer.WriteString("exception", Clean(exception.ToString()));
            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private string Clean(string text) => Redactor?.Redact(text) ?? text;

    private static string OneLine(string text) => string.Create(text.Length, text, static (span, source) =>
    {
        for (int i = 0; i < span.Length; i++)
            span[i] = char.IsControl(source[i]) || source[i] is '\u2028' or '\u2029' ? ' ' : source[i];
    });

    private static string NameOf(LogLevel level) => level switch
    {
        LogLevel.Trace or LogLevel.Debug => "debug",
        LogLevel.Information => "info",
        LogLevel.Warning => "warn",
        _ => "error",
    };
}
