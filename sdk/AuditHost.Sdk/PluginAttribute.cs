namespace AuditHost.Sdk;

/// <summary>Announces a plugin factory of this assembly. The host reads it before it looks at any type.</summary>
/// <param name="factory">A public, parameterless <see cref="ConnectorFactory"/> or <see cref="FormatterFactory"/>.</param>
[AttributeUsage(AttributeTargets.Assembly, AllowMultiple = true)]
public sealed class PluginAttribute(Type factory) : Attribute
{
    /// <summary>The factory that the host creates.</summary>
    public Type Factory { get; } = factory;
}
