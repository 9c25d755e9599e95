using System.Buffers;

namespace AuditHost.Sdk;

[AttributeUsage(AttributeTargets.Assembly, AllowMultiple = true)]
public sealed class PluginAttribute(Type factory) : Attribute
{
    public Type Factory { get; } = factory;
}

public abstract class AuditEvent
{
    public abstract ReadOnlyMemory<byte> Json { get; }
}

public interface IEventFormatter
{
    string ContentType { get; }

    void Format(AuditEvent auditEvent, IBufferWriter<byte> output);
}

public abstract class PluginContext;

public sealed record FormatterInfo(string Type, string Summary);

public abstract class PluginFactory
{
    private protected PluginFactory(string type, string summary) => (Type, Summary) = (type, summary);

    public string Type { get; }

    public string Summary { get; }

    public abstract ReadOnlyMemory<byte> SettingsSchema { get; }
}

public abstract class FormatterFactory(FormatterInfo info) : PluginFactory(info.Type, info.Summary)
{
    public FormatterInfo Info { get; } = info;

    public abstract IEventFormatter Create(ReadOnlyMemory<byte> settings, PluginContext context);
}
