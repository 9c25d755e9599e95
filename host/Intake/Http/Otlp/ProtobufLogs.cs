namespace AuditHost.Intake.Http.Otlp;

/// <summary>
/// Reads an <c>ExportLogsServiceRequest</c> in Protocol Buffers (opentelemetry-proto 1.x, <c>collector/logs/v1</c> and <c>logs/v1</c>). Fields that are
/// not known are passed over.
/// </summary>
internal static class ProtobufLogs
{
    /// <summary>How deep values may be nested; the event around them takes three levels more.</summary>
    private const int MaxDepth = EventParser.MaxDepth - 4;

    /// <exception cref="FormatException">It is none.</exception>
    /// <exception cref="RefusedRequestException">It has too many records.</exception>
    public static void Read(ReadOnlySpan<byte> request, LogRecords records)
    {
        using var writer = new LogWriter();
        var requests = new ProtobufReader(request);
        while (requests.MoveNext())
        {
            if (requests.Field == 1)
                ReadResource(requests.Message, writer, records);
        }
    }

    private static void ReadResource(ReadOnlySpan<byte> message, LogWriter writer, LogRecords records)
    {
        ReadOnlySpan<byte> resource = default;
        var fields = new ProtobufReader(message);
        while (fields.MoveNext())
        {
            if (fields.Field == 1)
                resource = fields.Message;
        }

        fields = new ProtobufReader(message);
        while (fields.MoveNext())
        {
            if (fields.Field == 2)
                ReadScope(fields.Message, resource, writer, records);
        }
    }

    private static void ReadScope(ReadOnlySpan<byte> message, ReadOnlySpan<byte> resource, LogWriter writer, LogRecords records)
    {
        ReadOnlySpan<byte> scope = default;
        var fields = new ProtobufReader(message);
        while (fields.MoveNext())
        {
            if (fields.Field == 1)
                scope = fields.Message;
        }

        fields = new ProtobufReader(message);
        while (fields.MoveNext())
        {
            if (fields.Field != 2)
                continue;
            writer.Begin();
            WriteRecord(fields.Message, writer);
            WriteAttributes("resource"u8, resource, 1, writer);
            WriteScope(scope, writer);
            writer.Json.WriteEndObject();
            records.Add(writer.Written);
        }
    }

    private static void WriteRecord(ReadOnlySpan<byte> message, LogWriter writer)
    {
        var fields = new ProtobufReader(message);
        while (fields.MoveNext())
        {
            switch (fields.Field)
            {
                case 1:
                    writer.Time("time_unix_nano"u8, fields.Number);
                    break;
                case 2 when fields.Number > 0:
                    writer.Json.WriteNumber("severity_number"u8, fields.Number);
                    break;
                case 3:
                    writer.Json.WriteString("severity_text"u8, fields.Text);
                    break;
                case 5:
                    writer.Json.WritePropertyName("body"u8);
                    WriteValue(fields.Message, writer, 1);
                    break;
                case 9:
                    WriteHex("trace_id"u8, fields.Message, writer);
                    break;
                case 10:
                    WriteHex("span_id"u8, fields.Message, writer);
                    break;
                case 11:
                    writer.Time("observed_time_unix_nano"u8, fields.Number);
                    break;
                case 12:
                    writer.Json.WriteString("event_name"u8, fields.Text);
                    break;
            }
        }

        WriteAttributes("attributes"u8, message, 6, writer);
    }

    private static void WriteScope(ReadOnlySpan<byte> scope, LogWriter writer)
    {
        if (scope.IsEmpty)
            return;
        writer.Json.WriteStartObject("scope"u8);
        var fields = new ProtobufReader(scope);
        while (fields.MoveNext())
        {
            if (fields.Field == 1)
                writer.Json.WriteString("name"u8, fields.Text);
            else if (fields.Field == 2)
                writer.Json.WriteString("version"u8, fields.Text);
        }

        WriteAttributes("attributes"u8, scope, 3, writer);
        writer.Json.WriteEndObject();
    }

    /// <param name="name">The object that they become.</param>
    /// <param name="owner">The message that has them.</param>
    /// <param name="field">The number of its field for each of them.</param>
    /// <param name="writer">Where to.</param>
    private static void WriteAttributes(ReadOnlySpan<byte> name, ReadOnlySpan<byte> owner, int field, LogWriter writer)
    {
        bool any = false;
        var fields = new ProtobufReader(owner);
        while (fields.MoveNext())
        {
            if (fields.Field != field)
                continue;
            if (!any)
                writer.Json.WriteStartObject(name);
            any = true;
            WriteAttribute(fields.Message, writer, 1);
        }

        if (any)
            writer.Json.WriteEndObject();
    }

    private static void WriteAttribute(ReadOnlySpan<byte> message, LogWriter writer, int depth)
    {
        ReadOnlySpan<byte> key = default;
        ReadOnlySpan<byte> value = default;
        var fields = new ProtobufReader(message);
        while (fields.MoveNext())
        {
            if (fields.Field == 1)
                key = fields.Text;
            else if (fields.Field == 2)
                value = fields.Message;
        }

        writer.Json.WritePropertyName(key);
        WriteValue(value, writer, depth);
    }

    private static void WriteValue(ReadOnlySpan<byte> message, LogWriter writer, int depth)
    {
        if (depth > MaxDepth)
            throw new FormatException($"A value is nested more than {MaxDepth} levels deep.");

        // Of several in a field of which only one can be, the last counts ("Oneof" of the documentation).
        var fields = new ProtobufReader(message);
        var last = fields;
        bool any = false;
        while (fields.MoveNext())
        {
            if (fields.Field is < 1 or > 7)
                continue;
            last = fields;
            any = true;
        }

        if (!any)
        {
            writer.Json.WriteNullValue();
            return;
        }

        switch (last.Field)
        {
            case 1:
                writer.Json.WriteStringValue(last.Text);
                break;
            case 2:
                writer.Json.WriteBooleanValue(last.Number != 0);
                break;
            case 3:
                writer.Json.WriteNumberValue((long)last.Number);
                break;
            case 4:
                writer.Double(last.Double);
                break;
            case 5:
                writer.Json.WriteStartArray();
                var items = new ProtobufReader(last.Message);
                while (items.MoveNext())
                {
                    if (items.Field == 1)
                        WriteValue(items.Message, writer, depth + 1);
                }

                writer.Json.WriteEndArray();
                break;
            case 6:
                writer.Json.WriteStartObject();
                var members = new ProtobufReader(last.Message);
                while (members.MoveNext())
                {
                    if (members.Field == 1)
                        WriteAttribute(members.Message, writer, depth + 1);
                }

                writer.Json.WriteEndObject();
                break;
            default:
                writer.Json.WriteBase64StringValue(last.Message);
                break;
        }
    }

    private static void WriteHex(ReadOnlySpan<byte> name, ReadOnlySpan<byte> bytes, LogWriter writer)
    {
        if (!bytes.IsEmpty)
            writer.Json.WriteString(name, Convert.ToHexStringLower(bytes));
    }
}
