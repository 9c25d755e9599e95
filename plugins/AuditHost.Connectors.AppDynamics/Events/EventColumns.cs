using AuditHost.Sdk;

namespace AuditHost.Connectors.AppDynamics.Events;

/// <summary>The columns that events are written to: those of the envelope, those of the site file, and the formatted event. The plugin's page lists them.</summary>
internal sealed class EventColumns
{
    private static readonly string[] OwnOfAppDynamics = ["eventTimestamp", "pickupTimestamp"];

    private EventColumns(EventColumn[] fields, EventColumn? body)
    {
        Fields = fields;
        Body = body;
        All = [SeverityLevel, EventTime, .. fields, .. body is null ? Array.Empty<EventColumn>() : [body], IsTruncated];
    }

    /// <summary>The severity as a number, 0 for Info to 4 for Critical, which can be compared.</summary>
    public static EventColumn SeverityLevel { get; } = new("severity_level", ColumnType.Integer);

    /// <summary>When it happened, to the millisecond.</summary>
    public static EventColumn EventTime { get; } = new("event_time", ColumnType.Date);

    /// <summary>Present and true where a value was cut.</summary>
    public static EventColumn IsTruncated { get; } = new("is_truncated", ColumnType.Boolean);

    /// <summary>All columns that the schema needs.</summary>
    public IReadOnlyList<EventColumn> All { get; }

    /// <summary>The columns whose values stand in the event, in the order of a row.</summary>
    public EventColumn[] Fields { get; }

    /// <summary>The column of the formatted event; <see langword="null"/> for none.</summary>
    public EventColumn? Body { get; }

    /// <exception cref="SettingsException">A column cannot be one.</exception>
    public static EventColumns Of(AppDynamicsSettings settings)
    {
        List<EventColumn> fields = [.. OfEnvelope()];
        HashSet<string> taken = [.. fields.Select(column => column.Name), SeverityLevel.Name, EventTime.Name, IsTruncated.Name, .. OwnOfAppDynamics];
        foreach ((string name, ColumnSettings column) in settings.Columns)
            fields.Add(OfSettings(name, column, taken));
        if (settings.EventColumn.Length == 0)
            return new EventColumns([.. fields], body: null);
        CheckName("event_column", settings.EventColumn, taken);
        return new EventColumns([.. fields], new EventColumn(settings.EventColumn, ColumnType.String));
    }

    private static EventColumn[] OfEnvelope() =>
    [
        new("event_id", ColumnType.String, static auditEvent => auditEvent.Id),
        new("event_type", ColumnType.String, static auditEvent => auditEvent.Type),
        new("severity", ColumnType.String, static auditEvent => new EventValue(EventValueKind.String, PluginKit.Events.SeverityName.Of(auditEvent.Severity))),
        new("source", ColumnType.String, static auditEvent => auditEvent.Source),
        new("user_name", ColumnType.String, static auditEvent => auditEvent.User),
        new("host_name", ColumnType.String, static auditEvent => auditEvent.Host),
        new("operation_id", ColumnType.String, static auditEvent => auditEvent.Operation),
        new("classification", ColumnType.String, static auditEvent => auditEvent.Classification),
        new("compliance_profiles", ColumnType.String, static auditEvent => auditEvent.ComplianceProfiles),
        new("integrity_hash", ColumnType.String, static auditEvent => auditEvent.Find("integrity_hash")),
        new("previous_hash", ColumnType.String, static auditEvent => auditEvent.Find("previous_hash")),
    ];

    private static EventColumn OfSettings(string name, ColumnSettings? column, HashSet<string> taken)
    {
        CheckName($"columns.{name}", name, taken);
        if (string.IsNullOrWhiteSpace(column?.Path))
            throw new SettingsException($"columns.{name}.path", "Empty. Give it one, for instance payload.data.records_processed");
        string path = column.Path;
        return new EventColumn(name, column.Type, auditEvent => auditEvent.Find(path));
    }

    private static void CheckName(string setting, string name, HashSet<string> taken)
    {
        if (!EventsName.IsOne(name))
            throw new SettingsException(setting, $"Not the name of a column. {EventsName.Rule}");
        if (!taken.Add(name))
            throw new SettingsException(setting, $"There is a column {name} already. Give it another name");
    }
}
