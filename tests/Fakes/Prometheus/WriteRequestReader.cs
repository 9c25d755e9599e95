using System.Text;
using System.Text.RegularExpressions;

namespace AuditHost.Fakes.Prometheus;

/// <summary>
/// Reads both messages of remote write and holds them to their specifications. What breaks a rule is a <see cref="FormatException"/> that
/// names it.
/// </summary>
internal static partial class WriteRequestReader
{
    private static readonly UTF8Encoding Strict = new(false, throwOnInvalidBytes: true);

    /// <summary><c>prometheus.WriteRequest</c>.</summary>
    public static List<WrittenSample> Read1(ReadOnlySpan<byte> message)
    {
        var samples = new List<WrittenSample>();
        var request = new ProtobufReader(message);
        while (request.Read())
        {
            if (request.Field != 1)
                throw new FormatException($"field {request.Field} in a request of 1.0");
            var labels = new List<(string Name, string Value)>();
            var points = new List<(double Value, long Timestamp)>();
            var series = new ProtobufReader(request.Bytes);
            while (series.Read())
            {
                if (series.Field == 1)
                    labels.Add(ReadLabel(series.Bytes));
                else if (series.Field == 2)
                    points.Add(ReadSample(series.Bytes));
                else
                    throw new FormatException($"field {series.Field} in a series of 1.0");
            }

            Add(samples, labels, points, 0, string.Empty);
        }

        return samples;
    }

    /// <summary><c>io.prometheus.write.v2.Request</c>.</summary>
    public static List<WrittenSample> Read2(ReadOnlySpan<byte> message)
    {
        var symbols = new List<string>();
        var samples = new List<WrittenSample>();
        var request = new ProtobufReader(message);
        while (request.Read())
        {
            if (request.Field == 4)
                symbols.Add(Strict.GetString(request.Bytes));
            else if (request.Field == 5)
                ReadSeries(samples, symbols, request.Bytes);
            else
                throw new FormatException($"field {request.Field} in a request of 2.0");
        }

        if (symbols.Count == 0 || symbols[0].Length > 0)
            throw new FormatException("symbols that do not begin with the empty one");
        return symbols.Distinct().Count() == symbols.Count ? samples : throw new FormatException("a symbol that stands in the table twice");
    }

    private static void ReadSeries(List<WrittenSample> samples, List<string> symbols, ReadOnlySpan<byte> message)
    {
        var labels = new List<(string Name, string Value)>();
        var points = new List<(double Value, long Timestamp)>();
        ulong type = 0;
        string help = string.Empty;
        var series = new ProtobufReader(message);
        while (series.Read())
        {
            switch (series.Field)
            {
                case 1:
                    ReadOnlySpan<byte> references = series.Bytes;
                    while (!references.IsEmpty)
                    {
                        string name = Symbol(symbols, ProtobufReader.ReadVarint(ref references));
                        if (references.IsEmpty)
                            throw new FormatException("an odd number of label references");
                        labels.Add((name, Symbol(symbols, ProtobufReader.ReadVarint(ref references))));
                    }

                    break;
                case 2:
                    points.Add(ReadSample(series.Bytes));
                    break;
                case 5:
                    var metadata = new ProtobufReader(series.Bytes);
                    while (metadata.Read())
                    {
                        if (metadata.Field == 1)
                            type = metadata.Number;
                        else if (metadata.Field == 3)
                            help = Symbol(symbols, metadata.Number);
                        else if (metadata.Field != 4)
                            throw new FormatException($"field {metadata.Field} in metadata");
                    }

                    break;
                default:
                    throw new FormatException($"field {series.Field} in a series of 2.0");
            }
        }

        Add(samples, labels, points, type, help);
    }

    private static void Add(List<WrittenSample> samples, List<(string Name, string Value)> labels, List<(double Value, long Timestamp)> points, ulong type, string help)
    {
        if (labels.Count == 0 || labels.All(label => label.Name != "__name__"))
            throw new FormatException("a series without a name");
        for (int i = 0; i < labels.Count; i++)
        {
            (string name, string value) = labels[i];
            if (!LabelName().IsMatch(name) || (name == "__name__" && !MetricName().IsMatch(value)))
                throw new FormatException($"the label {name}=\"{value}\"");
            if (value.Length == 0)
                throw new FormatException($"an empty value of {name}");
            if (i > 0 && string.CompareOrdinal(labels[i - 1].Name, name) >= 0)
                throw new FormatException($"labels out of order: {labels[i - 1].Name}, {name}");
        }

        if (points.Count == 0)
            throw new FormatException("a series without a sample");
        string shown = labels.Single(label => label.Name == "__name__").Value
            + "{" + string.Join(',', labels.Where(label => label.Name != "__name__").Select(label => $"{label.Name}=\"{label.Value}\"")) + "}";
        samples.AddRange(points.Select(point => new WrittenSample(shown, point.Value, point.Timestamp, type, help)));
    }

    private static (string Name, string Value) ReadLabel(ReadOnlySpan<byte> message)
    {
        (string name, string value) = (string.Empty, string.Empty);
        var label = new ProtobufReader(message);
        while (label.Read())
        {
            if (label.Field == 1)
                name = Strict.GetString(label.Bytes);
            else if (label.Field == 2)
                value = Strict.GetString(label.Bytes);
            else
                throw new FormatException($"field {label.Field} in a label");
        }

        return (name, value);
    }

    private static (double Value, long Timestamp) ReadSample(ReadOnlySpan<byte> message)
    {
        (double value, long timestamp) = (0, 0);
        var sample = new ProtobufReader(message);
        while (sample.Read())
        {
            if (sample.Field == 1)
                value = sample.Double;
            else if (sample.Field == 2)
                timestamp = (long)sample.Number;
            else
                throw new FormatException($"field {sample.Field} in a sample");
        }

        return (value, timestamp);
    }

    private static string Symbol(List<string> symbols, ulong reference) =>
        reference < (ulong)symbols.Count ? symbols[(int)reference] : throw new FormatException($"a reference to symbol {reference} of {symbols.Count}");

    [GeneratedRegex("^[a-zA-Z_][a-zA-Z0-9_]*$")]
    private static partial Regex LabelName();

    [GeneratedRegex("^[a-zA-Z_:][a-zA-Z0-9_:]*$")]
    private static partial Regex MetricName();
}
