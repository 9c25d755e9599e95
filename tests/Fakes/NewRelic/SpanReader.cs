using AuditHost.Fakes.OpenTelemetry;

namespace AuditHost.Fakes.NewRelic;

/// <summary>
/// Reads an <c>ExportTraceServiceRequest</c> in binary protobuf (opentelemetry-proto, trace/v1), and checks each span by New Relic's pages on OTLP
/// and on missing trace data.
/// </summary>
internal sealed class SpanReader(DateTimeOffset now, Action<string> drop)
{
    private const int MaxAttributes = 64;
    private const int MaxValue = 4095;

    private readonly List<StoredSpan> _spans = [];

    /// <exception cref="FormatException">It is none.</exception>
    public IReadOnlyList<StoredSpan> Read(ReadOnlySpan<byte> request)
    {
        var reader = new WireReader(request);
        while (reader.Next())
        {
            Expect(reader, "ExportTraceServiceRequest", reader.Field == 1, WireReader.Length);
            ReadResourceSpans(reader.ReadBytes());
        }

        return _spans;
    }

    private void ReadResourceSpans(ReadOnlySpan<byte> message)
    {
        Dictionary<string, string> resource = [];
        var reader = new WireReader(message);
        while (reader.Next())
        {
            Expect(reader, "ResourceSpans", reader.Field is 1 or 2, WireReader.Length);
            if (reader.Field == 1)
                ReadResource(reader.ReadBytes(), resource);
            else
                ReadScopeSpans(reader.ReadBytes(), resource);
        }
    }

    private void ReadResource(ReadOnlySpan<byte> message, Dictionary<string, string> attributes)
    {
        var reader = new WireReader(message);
        while (reader.Next())
        {
            Expect(reader, "Resource", reader.Field == 1, WireReader.Length);
            ReadPair(reader.ReadBytes(), attributes);
        }
    }

    private void ReadScopeSpans(ReadOnlySpan<byte> message, Dictionary<string, string> resource)
    {
        var reader = new WireReader(message);
        while (reader.Next())
        {
            Expect(reader, "ScopeSpans", reader.Field is 1 or 2, WireReader.Length);
            if (reader.Field == 1)
                ReadScope(reader.ReadBytes());
            else
                ReadSpan(reader.ReadBytes(), resource);
        }
    }

    private static void ReadScope(ReadOnlySpan<byte> message)
    {
        var reader = new WireReader(message);
        while (reader.Next())
        {
            Expect(reader, "InstrumentationScope", reader.Field is 1 or 2, WireReader.Length);
            reader.ReadText();
        }
    }

    private void ReadSpan(ReadOnlySpan<byte> message, Dictionary<string, string> resource)
    {
        var span = new StoredSpan();
        var reader = new WireReader(message);
        while (reader.Next())
        {
            int type = reader.Field switch { 6 => WireReader.Varint, 7 or 8 => WireReader.Fixed64, _ => WireReader.Length };
            Expect(reader, "Span", reader.Field is 1 or 2 or 5 or 6 or 7 or 8 or 9 or 15, type);
            ReadField(ref reader, span);
        }

        int own = span.Attributes.Count;
        foreach ((string name, string value) in resource)
            span.Attributes.TryAdd(name, value);
        if (Fault(span, own) is { } fault)
            drop(fault);
        else
            _spans.Add(span);
    }

    private void ReadField(ref WireReader reader, StoredSpan span)
    {
        switch (reader.Field)
        {
            case 1:
                span.TraceId = Convert.ToHexStringLower(reader.ReadBytes());
                break;
            case 2:
                span.Id = Convert.ToHexStringLower(reader.ReadBytes());
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
            default:
                span.Status = ReadStatus(reader.ReadBytes());
                break;
        }
    }

    private static int ReadStatus(ReadOnlySpan<byte> message)
    {
        int code = 0;
        var reader = new WireReader(message);
        while (reader.Next())
        {
            Expect(reader, "Status", reader.Field == 3, WireReader.Varint);
            code = (int)reader.ReadVarint();
        }

        return code;
    }

    private void ReadPair(ReadOnlySpan<byte> message, Dictionary<string, string> attributes)
    {
        string key = string.Empty, value = string.Empty;
        var reader = new WireReader(message);
        while (reader.Next())
        {
            Expect(reader, "KeyValue", reader.Field is 1 or 2, WireReader.Length);
            if (reader.Field == 1)
                key = reader.ReadText();
            else
                value = ReadValue(reader.ReadBytes());
        }

        if ((AttributeRules.FaultOfName(key) ?? (value.Length > MaxValue ? "attribute value exceeded maximum length" : null)) is { } fault)
            drop(fault);
        if (!attributes.TryAdd(key, value))
            drop($"attribute {key} twice");
    }

    private static string ReadValue(ReadOnlySpan<byte> message)
    {
        var reader = new WireReader(message);
        if (!reader.Next())
            return string.Empty;
        Expect(reader, "AnyValue", reader.Field == 1, WireReader.Length);
        return reader.ReadText();
    }

    private string? Fault(StoredSpan span, int attributes)
    {
        if (span.TraceId.Length != 32 || span.TraceId.All(one => one == '0') || span.Id.Length != 16 || span.Id.All(one => one == '0'))
            return "a span whose ids have not 16 and 8 bytes, or are zero";
        if (span.Name.Length is 0 or > AttributeRules.MaxName)
            return "a span without a name, or with one that is too long";
        if (span.Kind is < 1 or > 5 || span.Status is < 0 or > 2)
            return "a kind or status that there is not";
        if (attributes > MaxAttributes)
            return "a span with more than 64 attributes";
        if (span.Start > span.End || span.Start % 100 != 0)
            return "a span that ends before it begins";
        DateTimeOffset start = DateTimeOffset.UnixEpoch.AddTicks((long)(span.Start / 100));
        return now - start > TimeSpan.FromMinutes(60) ? "a span that began more than 60 minutes ago" : null;
    }

    private static void Expect(WireReader reader, string message, bool isField, int type)
    {
        if (!isField || reader.Type != type)
            throw new FormatException($"field {reader.Field} of {message}, which it does not have or not with this wire type");
    }
}
