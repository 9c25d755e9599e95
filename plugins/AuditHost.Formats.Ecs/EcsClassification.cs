using System.Text;
using AuditHost.Sdk;

namespace AuditHost.Formats.Ecs;

/// <summary><c>event.category</c> and <c>event.type</c>, which are arrays, as the JSON they stand there as.</summary>
internal sealed class EcsClassification(string category, params string[] types)
{
    private static readonly EcsClassification ReadFile = new("file", "access");
    private static readonly EcsClassification ChangeFile = new("file", "change");
    private static readonly EcsClassification DeleteFile = new("file", "deletion");
    private static readonly EcsClassification ReadData = new("database", "access");
    private static readonly EcsClassification ChangeData = new("database", "change");
    private static readonly EcsClassification Denied = new("intrusion_detection", "denied");
    private static readonly EcsClassification Authentication = new("authentication", "start");
    private static readonly EcsClassification Tampering = new("configuration", "change");
    private static readonly EcsClassification Create = new("configuration", "creation");
    private static readonly EcsClassification Delete = new("configuration", "deletion");
    private static readonly EcsClassification Export = new("configuration", "access");

    /// <summary>Empty where there is no category.</summary>
    public byte[] Category { get; } = category.Length == 0 ? [] : Encoding.UTF8.GetBytes($"[\"{category}\"]");

    public byte[] Types { get; } = Encoding.UTF8.GetBytes($"[\"{string.Join("\",\"", types)}\"]");

    /// <summary>What an event is by its payload, where that says more than its type.</summary>
    public static EcsClassification Of(AuditEvent auditEvent, EcsEventClass eventClass)
    {
        EcsClassification? narrower = null;
        if (auditEvent.Type.Equals("AccessEvent"u8))
            narrower = OfAccess(auditEvent.Find("payload.data.access_type"), auditEvent.Find("payload.data.resource_type"));
        else if (auditEvent.Type.Equals("SecurityEvent"u8))
            narrower = OfSecurityEvent(auditEvent.Find("payload.data.security_event_type"));
        else if (auditEvent.Type.Equals("ConfigurationChange"u8))
            narrower = OfChange(auditEvent.Find("payload.data.change_type"));
        return narrower ?? eventClass.Classification;
    }

    private static EcsClassification OfAccess(EventValue access, EventValue resource)
    {
        bool changes = access.Equals("Write"u8) || access.Equals("Admin"u8);
        bool deletes = access.Equals("Delete"u8);

        // ECS expects no deletion of a database's data, only its change.
        if (!resource.Equals("file"u8))
            return changes || deletes ? ChangeData : ReadData;
        return deletes ? DeleteFile : changes ? ChangeFile : ReadFile;
    }

    private static EcsClassification? OfSecurityEvent(EventValue kind)
    {
        if (kind.Equals("AuthenticationFailure"u8))
            return Authentication;
        if (kind.Equals("UnauthorizedAccess"u8) || kind.Equals("AuthorizationFailure"u8))
            return Denied;
        return kind.Equals("ConfigurationTampering"u8) ? Tampering : null;
    }

    private static EcsClassification? OfChange(EventValue change)
    {
        if (change.Equals("Create"u8))
            return Create;
        if (change.Equals("Delete"u8))
            return Delete;
        return change.Equals("Export"u8) ? Export : null;
    }
}
