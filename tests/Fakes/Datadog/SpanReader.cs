using AuditHost.Fakes.OpenTelemetry;

namespace AuditHost.Fakes.Datadog;

/// <summary>Reads an <c>ExportTraceServiceRequest</c> in protobuf, by the field numbers of opentelemetry-proto, and checks each span.</summary>
internal sealed class SpanReader
{
    private readonly List<string> _notes = [];

    public IReadOnlyList<string> Notes => _notes;

    public List<TakenSpan> Spans { get; } = [];

    /// <exception cref="FormatException">It is none.</exception>
    public void Read(ReadOnlySpan<byte> request)
    {
        var reader = new WireReader(request);
        while (reader.Next())
        {
            if (Is(ref reader, "ExportTraceServiceRequest", 1, WireReader.Length))
                ReadResourceSpans(reader.ReadBytes());
        }

        foreach (TakenSpan span in Spans)
            Check(span);
    }

    private void Check(TakenSpan span)
    {
        if (span.TraceId.Length != 32 || span.TraceId.All(static digit => digit == '0'))
            throw new FormatException("a trace id that is none");
        if (span.SpanId.Length != 16 || span.SpanId.All(static digit => digit == '0'))
            throw new FormatException("a span id that is none");
        if (span.Start == 0 || span.End < span.Start)
            _notes.Add("a span that ends before it begins");
        if (span.Name.Length is 0 or > 5000)
            _notes.Add("a span without a name, or with one of more than 5,000 characters");
        if (!span.Resource.TryGetValue("service.name", out string? service) || service.Length is 0 or > 100)
            _notes.Add("a span without a service, or with one of more than 100 characters");
        if (span.Kind is < 1 or > 5)
            _notes.Add("a span of no kind");
    }

    private void ReadResourceSpans(ReadOnlySpan<byte> message)
    {
        int before = Spans.Count;
        Dictionary<string, string> resource = [];
        var reader = new WireReader(message);
        while (reader.Next())
        {
            if (reader.Field == 1 && Is(ref reader, "ResourceSpans", 1, WireReader.Length))
                ReadAttributes(reader.ReadBytes(), "Resource", 1, resource);
            else if (Is(ref reader, "ResourceSpans", 2, WireReader.Length))
                ReadScopeSpans(reader.ReadBytes(), resource);
        }

        if (Spans.Count == before)
            _notes.Add("an envelope without spans");
    }

    private void ReadScopeSpans(ReadOnlySpan<byte> message, Dictionary<string, string> resource)
    {
        var reader = new WireReader(message);
        while (reader.Next())
        {
            if (reader.Field == 1 && Is(ref reader, "ScopeSpans", 1, WireReader.Length))
                reader.ReadBytes();
            else if (Is(ref reader, "ScopeSpans", 2, WireReader.Length))
                Spans.Add(ReadSpan(reader.ReadBytes(), new TakenSpan { Resource = resource }));
        }
    }

    private TakenSpan ReadSpan(ReadOnlySpan<byte> message, TakenSpan span)
    {
        var reader = new WireReader(message);
        while (reader.Next())
        {
            int expected = reader.Field switch { 7 or 8 => WireReader.Fixed64, 6 or 10 or 12 or 14 => WireReader.Varint, 16 => WireReader.Fixed32, _ => WireReader.Length };
            if (!Is(ref reader, "Span", reader.Field is >= 1 and <= 16 ? reader.Field : 0, expected))
                continue;
            switch (reader.Field)
            {
                case 1:
                    span.TraceId = Convert.ToHexStringLower(reader.ReadBytes());
                    break;
                case 2:
                    span.SpanId = Convert.ToHexStringLower(reader.ReadBytes());
                    break;
                case 5:
                    span.Name = reader.ReadText();
                    break;
                case 6:
                    span.Kind = (int)reader.ReadVarint();
                    break;
                case 7:
                    span.Start = reader.ReadFixed64();
                    break;
                case 8:
                    span.End = reader.ReadFixed64();
                    break;
                case 9:
                    ReadPair(reader.ReadBytes(), span.Attributes);
                    break;
                case 15:
                    span.Status = ReadStatus(reader.ReadBytes());
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        return span;
    }

    private int ReadStatus(ReadOnlySpan<byte> message)
    {
        int code = 0;
        var reader = new WireReader(message);
        while (reader.Next())
        {
            if (reader.Field == 2 && Is(ref reader, "Status", 2, WireReader.Length))
                reader.ReadText();
            else if (Is(ref reader, "Status", 3, WireReader.Varint))
                code = reader.ReadVarint() is <= 2 and var known ? (int)known : throw new FormatException("a status that there is not");
        }

        return code;
    }

    private void ReadAttributes(ReadOnlySpan<byte> message, string name, int field, Dictionary<string, string> attributes)
    {
        var reader = new WireReader(message);
        while (reader.Next())
        {
            if (Is(ref reader, name, field, WireReader.Length))
                ReadPair(reader.ReadBytes(), attributes);
        }
    }

    private void ReadPair(ReadOnlySpan<byte> message, Dictionary<string, string> attributes)
    {
        string key = string.Empty;
        string value = string.Empty;
        var reader = new WireReader(message);
        while (reader.Next())
        {
            if (reader.Field == 1 && Is(ref reader, "KeyValue", 1, WireReader.Length))
                key = reader.ReadText();
            else if (Is(ref reader, "KeyValue", 2, WireReader.Length))
                value = ReadString(reader.ReadBytes());
        }

        if (key.Length == 0 || !attributes.TryAdd(key, value))
            _notes.Add($"the attribute '{key}' without a name, or twice");
    }

    private string ReadString(ReadOnlySpan<byte> message)
    {
        string value = string.Empty;
        var reader = new WireReader(message);
        while (reader.Next())
        {
            if (Is(ref reader, "AnyValue", 1, WireReader.Length))
                value = reader.ReadText();
        }

        return value;
    }

    /// <summary>Whether the current field is the one; of the wrong type it is refused, and another one is passed over and noted.</summary>
    private bool Is(ref WireReader reader, string message, int field, int type)
    {
        if (reader.Field != field)
        {
            _notes.Add($"field {reader.Field} of {message}, which is not expected");
            reader.Skip();
            return false;
        }

        return reader.Type == type ? true : throw new FormatException($"field {field} of {message} with the wrong wire type");
    }
}
