using System.Text;
using AuditHost.Sdk;
using NSubstitute;

namespace AuditHost.Tests.Configuration;

internal sealed class FakeFormatterFactory(string type, string schema = """{"type":"object","properties":{}}""")
    : FormatterFactory(new FormatterInfo(type, $"Writes {type}."))
{
    public Action? Check { get; init; }

    public override ReadOnlyMemory<byte> SettingsSchema => Encoding.UTF8.GetBytes(schema);

    public override IEventFormatter Create(ReadOnlyMemory<byte> settings, PluginContext context)
    {
        Check?.Invoke();
        return Substitute.For<IEventFormatter>();
    }
}
