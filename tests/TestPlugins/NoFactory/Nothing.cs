namespace NoFactory;

/// <summary>Stamped like a plugin, but it announces nothing.</summary>
public static class Nothing
{
    /// <summary>Keeps the reference to the SDK.</summary>
    public static Type Unused => typeof(AuditHost.Sdk.IConnector);
}
