using System.Buffers;
using AuditHost.PluginKit.Events;
using AuditHost.PluginKit.Text;
using AuditHost.Sdk;

namespace AuditHost.Formats.Ocsf;

/// <summary>Writes one event of OCSF for an event, without allocation.</summary>
internal sealed class OcsfFormatter(OcsfFormatterSettings settings) : IEventFormatter
{
    private readonly OcsfMetadata _metadata = new(settings);

    public string ContentType => "application/json";

    public void Format(AuditEvent auditEvent, IBufferWriter<byte> output)
    {
        OcsfActivity activity = OcsfClassifier.Classify(auditEvent);
        var json = new JsonWriter(output);
        json.BeginObject();
        WriteClassification(activity, ref json);
        OcsfSeverity.Write(auditEvent.Severity, ref json);
        json.Name("time"u8);
        json.Number(auditEvent.Time.ToUnixTimeMilliseconds());
        OcsfResult.Write(auditEvent, activity.Class, ref json);
        WriteMessage(auditEvent, ref json);
        _metadata.Write(auditEvent, activity.Class, ref json);
        WriteObjects(auditEvent, activity, ref json);
        OcsfUnmapped.Write(auditEvent, activity.Class, settings.Payload, ref json);
        if (settings.RawData)
            json.Member("raw_data"u8, auditEvent.Json.Span);
        json.EndObject();
        json.Flush();
    }

    private static void WriteClassification(OcsfActivity activity, ref JsonWriter json)
    {
        json.Name("category_uid"u8);
        json.Number(activity.Class.CategoryUid);
        json.Member("category_name"u8, activity.Class.Category);
        json.Name("class_uid"u8);
        json.Number(activity.Class.Uid);
        json.Member("class_name"u8, activity.Class.Name);
        json.Name("activity_id"u8);
        json.Number(activity.Id);
        json.TextMember("activity_name"u8, activity.Name);
        json.Name("type_uid"u8);
        json.Number(activity.TypeUid);
    }

    private static void WriteMessage(AuditEvent auditEvent, ref JsonWriter json)
    {
        EventValue error = auditEvent.Type.Equals("ErrorEvent"u8) ? auditEvent.Find("payload.data.error_message") : default;
        if (JsonWriter.IsText(error))
        {
            json.TextMember("message"u8, error);
            return;
        }

        Span<byte> message = stackalloc byte[ShortMessage.MaxBytes];
        json.Member("message"u8, message[..ShortMessage.Write(auditEvent, message)]);
    }

    private static void WriteObjects(AuditEvent auditEvent, OcsfActivity activity, ref JsonWriter json)
    {
        OcsfClass eventClass = activity.Class;
        OcsfParties.WriteActor(auditEvent, ref json);
        if (eventClass.HasHostProfile || eventClass == OcsfClass.FileSystemActivity)
            OcsfParties.WriteDevice(auditEvent, ref json);
        else if (eventClass != OcsfClass.Authentication || EventParties.Address(auditEvent).HasValue)
            OcsfParties.WriteSource(auditEvent, ref json);

        if (eventClass == OcsfClass.DetectionFinding)
            OcsfFinding.WriteDetection(auditEvent, ref json);
        else if (eventClass == OcsfClass.ComplianceFinding)
            OcsfFinding.WriteCompliance(auditEvent, ref json);
        else if (eventClass == OcsfClass.Authentication)
            WriteAuthentication(auditEvent, ref json);
        else if (eventClass == OcsfClass.EntityManagement)
            OcsfEntity.Write(auditEvent, ref json);
        else if (eventClass == OcsfClass.FileSystemActivity)
            OcsfAccess.WriteFile(auditEvent, ref json);
        else if (eventClass == OcsfClass.DatastoreActivity)
            OcsfAccess.WriteStore(auditEvent, ref json);
        else if (eventClass == OcsfClass.ApiActivity)
            WriteCall(auditEvent, activity, ref json);

        if (eventClass == OcsfClass.ApiActivity || eventClass == OcsfClass.DatastoreActivity)
            WriteClient(auditEvent, ref json);
    }

    private static void WriteAuthentication(AuditEvent auditEvent, ref JsonWriter json)
    {
        OcsfParties.WriteUser(auditEvent.User, default, ref json);
        var service = new OptionalObject("service"u8);
        service.Text("name"u8, auditEvent.Source, ref json);
        service.End(ref json);
        var endpoint = new OptionalObject("dst_endpoint"u8);
        endpoint.Text("hostname"u8, auditEvent.Host, ref json);
        endpoint.End(ref json);
    }

    private static void WriteCall(AuditEvent auditEvent, OcsfActivity activity, ref JsonWriter json)
    {
        json.Name("api"u8);
        json.BeginObject();
        json.Name("operation"u8);
        json.WholeText(activity.Name);
        var service = new OptionalObject("service"u8);
        service.Text("name"u8, auditEvent.Source, ref json);
        service.End(ref json);
        var request = new OptionalObject("request"u8);
        request.Text("uid"u8, auditEvent.Operation, ref json);
        request.End(ref json);
        json.EndObject();
        OcsfResources.Write(auditEvent, ref json);
    }

    private static void WriteClient(AuditEvent auditEvent, ref JsonWriter json)
    {
        OcsfParties.WriteDestination(auditEvent, ref json);
        var request = new OptionalObject("http_request"u8);
        request.Text("user_agent"u8, auditEvent.Find("payload.data.user_agent"), ref json);
        request.End(ref json);
    }
}
