using System.Buffers;
using System.Globalization;
using AuditHost.Connectors.Prometheus.Metrics;

namespace AuditHost.Connectors.Prometheus.Exposition;

/// <summary>
/// Writes families as text ("Exposition formats" of the Prometheus documentation, and the OpenMetrics specification 1.0.0). The formats differ
/// in the family's name of a counter, in the word for no type, in what a help text escapes, and in the end.
/// </summary>
/// <param name="output">Where the text goes.</param>
/// <param name="format">Which of the two.</param>
internal sealed class TextExposition(IBufferWriter<byte> output, ExpositionFormat format) : IMetricsWriter
{
    /// <summary>The media type of a format. Prometheus 3 fails a scrape that has another.</summary>
    public static string ContentTypeOf(ExpositionFormat format) => format == ExpositionFormat.OpenMetrics
        ? "application/openmetrics-text; version=1.0.0; charset=utf-8"
        : "text/plain; version=0.0.4; charset=utf-8";

    public void Family(FamilyName family)
    {
        byte[] name = format == ExpositionFormat.OpenMetrics ? family.OpenMetricsName : family.Name;
        output.Write("# HELP "u8);
        output.Write(name);
        output.Write(" "u8);
        WriteEscaped(family.Help, quotes: format == ExpositionFormat.OpenMetrics);
        output.Write("\n# TYPE "u8);
        output.Write(name);
        output.Write(family.Type switch
        {
            MetricType.Counter => " counter\n"u8,
            MetricType.Gauge => " gauge\n"u8,
            MetricType.Histogram => " histogram\n"u8,
            _ => format == ExpositionFormat.OpenMetrics ? " unknown\n"u8 : " untyped\n"u8,
        });
    }

    public void Sample(byte[] name, ReadOnlySpan<Label> labels, double value)
    {
        output.Write(name);
        for (int index = 0; index < labels.Length; index++)
        {
            output.Write(index == 0 ? "{"u8 : ","u8);
            output.Write(labels[index].Name);
            output.Write("=\""u8);
            WriteEscaped(labels[index].Value, quotes: true);
            output.Write("\""u8);
        }

        output.Write(labels.IsEmpty ? " "u8 : "} "u8);
        WriteNumber(value);
        output.Write("\n"u8);
    }

    /// <summary>Ends the text.</summary>
    public void End()
    {
        if (format == ExpositionFormat.OpenMetrics)
            output.Write("# EOF\n"u8);
    }

    private void WriteNumber(double value)
    {
        Span<byte> target = output.GetSpan(32);
        value.TryFormat(target, out int written, default, CultureInfo.InvariantCulture);
        output.Advance(written);
    }

    private void WriteEscaped(ReadOnlySpan<byte> text, bool quotes)
    {
        while (true)
        {
            int special = quotes ? text.IndexOfAny((byte)'\\', (byte)'\n', (byte)'"') : text.IndexOfAny((byte)'\\', (byte)'\n');
            if (special < 0)
                break;
            output.Write(text[..special]);
            output.Write(text[special] switch
            {
                (byte)'\n' => "\\n"u8,
                (byte)'"' => "\\\""u8,
                _ => "\\\\"u8,
            });
            text = text[(special + 1)..];
        }

        output.Write(text);
    }
}
