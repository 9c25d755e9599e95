namespace AuditHost.Formats.Leef;

/// <summary>The version of LEEF named at the start of each event.</summary>
public enum LeefVersion
{
    /// <summary><c>LEEF:2.0</c>, whose header names the delimiter.</summary>
    Two,

    /// <summary><c>LEEF:1.0</c>, delimited by TAB.</summary>
    One,
}
