using System.Buffers;
using System.Text;
using AuditHost.Sdk;
using AuditHost.Sdk.Testing;
using Xunit;

namespace Template._1.Tests;

/// <summary>The rules of the contract, and what this format writes.</summary>
public sealed class FormatterTests : FormatterConformance
{
    protected override FormatterFactory CreateFactory() => new Factory();

    [Fact]
    public void Id_type_and_user_stand_between_bars()
    {
        IEventFormatter formatter = new Factory().Create("{}"u8.ToArray(), new TestPluginContext());
        var output = new ArrayBufferWriter<byte>();
        formatter.Format(TestEvent.Parse("""{"event_id":"e-1","event_type":"SecurityEvent","user":"alice"}"""), output);
        Assert.Equal("e-1|SecurityEvent|alice", Encoding.UTF8.GetString(output.WrittenSpan));
    }
}
