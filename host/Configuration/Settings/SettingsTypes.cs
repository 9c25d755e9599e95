namespace AuditHost.Configuration.Settings;

/// <summary>The JSON types that a schema allows for a value.</summary>
[Flags]
internal enum SettingsTypes
{
    None = 0,
    Null = 1,
    Boolean = 2,
    Integer = 4,
    Number = 8,
    String = 16,
    Array = 32,
    Object = 64,
    Any = 127,
}
