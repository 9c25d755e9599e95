using System.Text;

namespace AuditHost.Formats.Ocsf;

/// <summary>A class of OCSF 1.8.0 that events are written as.</summary>
internal sealed class OcsfClass
{
    private OcsfClass(int uid, string name, string category, bool hasHostProfile = false)
    {
        Uid = uid;
        CategoryUid = uid / 1000;
        Name = Encoding.ASCII.GetBytes(name);
        Category = Encoding.ASCII.GetBytes(category);
        HasHostProfile = hasHostProfile;
    }

    public static OcsfClass BaseEvent { get; } = new(0, "Base Event", "Uncategorized", hasHostProfile: true);

    public static OcsfClass FileSystemActivity { get; } = new(1001, "File System Activity", "System Activity");

    public static OcsfClass ComplianceFinding { get; } = new(2003, "Compliance Finding", "Findings", hasHostProfile: true);

    public static OcsfClass DetectionFinding { get; } = new(2004, "Detection Finding", "Findings", hasHostProfile: true);

    public static OcsfClass Authentication { get; } = new(3002, "Authentication", "Identity & Access Management");

    public static OcsfClass EntityManagement { get; } = new(3004, "Entity Management", "Identity & Access Management");

    public static OcsfClass ApiActivity { get; } = new(6003, "API Activity", "Application Activity");

    public static OcsfClass DatastoreActivity { get; } = new(6005, "Datastore Activity", "Application Activity");

    public static OcsfClass ApplicationError { get; } = new(6008, "Application Error", "Application Activity", hasHostProfile: true);

    public int Uid { get; }

    public int CategoryUid { get; }

    public byte[] Name { get; }

    public byte[] Category { get; }

    public bool IsFinding => CategoryUid == 2;

    /// <summary>Whether the class has an actor and a device only by the profile <c>host</c>, which metadata must then name.</summary>
    public bool HasHostProfile { get; }
}
