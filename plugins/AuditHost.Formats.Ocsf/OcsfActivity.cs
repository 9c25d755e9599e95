using AuditHost.Sdk;

namespace AuditHost.Formats.Ocsf;

/// <summary>A class and one of its activities.</summary>
internal readonly ref struct OcsfActivity
{
    /// <summary>The number of an activity that the class has none for; its name then says which.</summary>
    public const int Other = 99;

    public OcsfActivity(OcsfClass eventClass, int id, ReadOnlySpan<byte> name)
        : this(eventClass, id, new EventValue(EventValueKind.String, name))
    {
    }

    public OcsfActivity(OcsfClass eventClass, int id, EventValue name)
    {
        Class = eventClass;
        Id = id;
        Name = name;
    }

    public OcsfClass Class { get; }

    public int Id { get; }

    /// <summary>A value of the event, or a word of OCSF.</summary>
    public EventValue Name { get; }

    public int TypeUid => (Class.Uid * 100) + Id;
}
