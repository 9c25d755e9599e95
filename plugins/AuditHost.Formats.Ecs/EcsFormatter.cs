using System.Buffers;
using System.Text.Json;
using AuditHost.PluginKit.Events;
using AuditHost.PluginKit.Text;
using AuditHost.Sdk;

namespace AuditHost.Formats.Ecs;

/// <summary>Writes one document of the Elastic Common Schema for an event, with objects inside objects and no dots in names, without allocation.</summary>
internal sealed class EcsFormatter(EcsFormatterSettings settings) : IEventFormatter
{
    private const long NanosecondsPerMillisecond = 1_000_000;

    private readonly byte[] _dataset = settings.Dataset is { } dataset ? JsonEncodedText.Encode(dataset).EncodedUtf8Bytes.ToArray() : [];
    private readonly byte[] _dataStream = settings.Dataset is { } dataset ? EcsDataStream.ToJson(dataset, settings.Namespace) : [];
    private readonly byte[] _serviceName = settings.ServiceName is { } name ? JsonEncodedText.Encode(name).EncodedUtf8Bytes.ToArray() : [];
    private readonly EcsCustomObject _custom = new(settings);

    public string ContentType => "application/json";

    public void Format(AuditEvent auditEvent, IBufferWriter<byte> output)
    {
        var json = new JsonWriter(output);
        json.BeginObject();
        json.Name("@timestamp"u8);
        json.Time(auditEvent.Time);
        json.Name("ecs"u8);
        json.Literal("""{"version":"9.4.0"}"""u8);
        if (_dataStream.Length > 0)
        {
            json.Name("data_stream"u8);
            json.Literal(_dataStream);
        }

        WriteMessage(auditEvent, ref json);
        EcsEventClass eventClass = EcsEventClass.Find(auditEvent.Type);
        WriteEvent(auditEvent, eventClass, ref json);
        WriteWhoAndWhere(auditEvent, ref json);
        WriteWhat(auditEvent, eventClass, ref json);
        WriteLabels(auditEvent, ref json);
        _custom.Write(auditEvent, eventClass, ref json);
        json.EndObject();
        json.Flush();
    }

    private static void WriteMessage(AuditEvent auditEvent, ref JsonWriter json)
    {
        Span<byte> message = stackalloc byte[ShortMessage.MaxBytes];
        json.Member("message"u8, message[..ShortMessage.Write(auditEvent, message)]);
        json.Name("log"u8);
        json.BeginObject();
        json.Member("level"u8, SeverityName.Of(auditEvent.Severity));
        json.EndObject();
    }

    private void WriteEvent(AuditEvent auditEvent, EcsEventClass eventClass, ref JsonWriter json)
    {
        json.Name("event"u8);
        json.BeginObject();
        json.TextMember("id"u8, auditEvent.Id);
        json.Member("kind"u8, eventClass.Kind);
        EcsClassification classification = EcsClassification.Of(auditEvent, eventClass);
        if (classification.Category.Length > 0)
        {
            json.Name("category"u8);
            json.Literal(classification.Category);
        }

        json.Name("type"u8);
        json.Literal(classification.Types);
        if (eventClass == EcsEventClass.Other)
            json.TextMember("action"u8, auditEvent.Type);
        else
            json.Member("action"u8, eventClass.Action);
        json.TextMember("code"u8, auditEvent.Type);
        if (EventOutcomes.Of(auditEvent) is not EventOutcome.Unknown and var outcome)
            json.Member("outcome"u8, outcome == EventOutcome.Success ? "success"u8 : "failure"u8);
        if (eventClass.Reason is { } reason)
            json.TextMember("reason"u8, auditEvent.Find(reason));
        json.Name("severity"u8);
        json.Number((int)auditEvent.Severity);
        if (_dataset.Length > 0)
        {
            json.Name("dataset"u8);
            json.Quoted(_dataset);
        }

        json.TextMember("provider"u8, auditEvent.Source);
        json.Name("created"u8);
        json.Time(auditEvent.ReceivedAt);
        if (eventClass.Milliseconds is { } path)
            WriteDuration(auditEvent.Find(path), ref json);
        json.Name("sequence"u8);
        json.Number(auditEvent.Sequence);
        json.TextMember("hash"u8, auditEvent.Find("integrity_hash"));
        if (settings.Original)
            json.Member("original"u8, auditEvent.Json.Span);
        json.EndObject();
    }

    private static void WriteDuration(EventValue milliseconds, ref JsonWriter json)
    {
        if (milliseconds.Kind != EventValueKind.Number || !milliseconds.TryGetInt64(out long value)
            || value is < 0 or > long.MaxValue / NanosecondsPerMillisecond)
            return;
        json.Name("duration"u8);
        json.Number(value * NanosecondsPerMillisecond);
    }

    private void WriteWhoAndWhere(AuditEvent auditEvent, ref JsonWriter json)
    {
        // Who accessed something counts more than the account of the program that noticed it, which related.user has too.
        EventValue accessor = EventParties.Accessor(auditEvent);
        var user = new OptionalObject("user"u8);
        user.Text("name"u8, accessor.HasValue ? accessor : auditEvent.User, ref json);
        user.Text("id"u8, accessor, ref json);
        user.End(ref json);

        var host = new OptionalObject("host"u8);
        host.Text("name"u8, auditEvent.Host, ref json);
        host.Text("hostname"u8, auditEvent.Host, ref json);
        host.Text("architecture"u8, auditEvent.Find("context.environment.system_arch"), ref json);
        host.End(ref json);

        var process = new OptionalObject("process"u8);
        process.Integer("pid"u8, auditEvent.Find("context.environment.process_id"), ref json);
        process.End(ref json);

        var service = new OptionalObject("service"u8);
        service.Text("name"u8, _serviceName.Length > 0 ? new EventValue(EventValueKind.String, _serviceName) : auditEvent.Source, ref json);
        service.Text("version"u8, auditEvent.Find("context.environment.version"), ref json);
        service.End(ref json);

        EventValue address = EventParties.Address(auditEvent);
        var source = new OptionalObject("source"u8);
        source.Text("address"u8, EventParties.Origin(auditEvent), ref json);
        source.Text("ip"u8, address, ref json);
        source.End(ref json);

        var agent = new OptionalObject("user_agent"u8);
        agent.Text("original"u8, auditEvent.Find("payload.data.user_agent"), ref json);
        agent.End(ref json);
        EcsRelated.Write(auditEvent, address, ref json);
    }

    private static void WriteWhat(AuditEvent auditEvent, EcsEventClass eventClass, ref JsonWriter json)
    {
        var file = new OptionalObject("file"u8);
        if (eventClass.File is { } path)
            file.Text("path"u8, auditEvent.Find(path), ref json);
        else if (auditEvent.Type.Equals("AccessEvent"u8) && auditEvent.Find("payload.data.resource_type").Equals("file"u8))
            file.Text("path"u8, auditEvent.Find("payload.data.resource_id"), ref json);
        file.End(ref json);

        var rule = new OptionalObject("rule"u8);
        if (eventClass.Ruleset is { } ruleset)
            rule.Text("ruleset"u8, auditEvent.Find(ruleset), ref json);
        rule.End(ref json);

        if (!auditEvent.Type.Equals("ErrorEvent"u8))
            return;
        var error = new OptionalObject("error"u8);
        error.Text("code"u8, auditEvent.Find("payload.data.error_code"), ref json);
        error.Text("type"u8, auditEvent.Find("payload.data.error_category"), ref json);
        error.Text("message"u8, auditEvent.Find("payload.data.error_message"), ref json);
        error.Text("stack_trace"u8, auditEvent.Find("payload.data.stack_trace"), ref json);
        error.End(ref json);
    }

    private static void WriteLabels(AuditEvent auditEvent, ref JsonWriter json)
    {
        json.TextListMember("tags"u8, auditEvent.ComplianceProfiles);
        var labels = new OptionalObject("labels"u8);
        labels.Text("classification"u8, auditEvent.Classification, ref json);
        labels.Text("operation_id"u8, auditEvent.Operation, ref json);
        labels.Text("parent_operation_id"u8, auditEvent.Find("context.parent_operation_id"), ref json);
        labels.End(ref json);
    }
}
