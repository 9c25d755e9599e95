using System.Text;
using AuditHost.PluginKit.Events;
using AuditHost.Sdk.Testing;

namespace AuditHost.Plugins.Tests.Events;

public sealed class ShortMessageTests
{
    [Theory]
    [InlineData("""{"event_id":"e"}""", "AuditEvent (Info)")]
    [InlineData("""{"id":"e","type":"t","severity":"High","user":"ann","host":"db-1"}""", "t (High) by ann on db-1")]
    [InlineData("""{"id":"e","type":" ","user":"\n","host":" db-1\t"}""", "AuditEvent (Info) on db-1")]
    [InlineData("""{"id":"e","type":"t","user":"\u0061\"b"}""", "t (Info) by a\"b")]
    public void Message_has_what_the_event_says(string json, string expected)
    {
        byte[] target = new byte[ShortMessage.MaxBytes];

        Assert.Equal(expected, Encoding.UTF8.GetString(target, 0, ShortMessage.Write(TestEvent.Parse(json), target)));
    }

    [Fact]
    public void Long_parts_are_cut_between_characters()
    {
        string part = new('é', 300);
        byte[] target = new byte[ShortMessage.MaxBytes];

        int length = ShortMessage.Write(TestEvent.Parse($$"""{"id":"e","type":"{{part}}","severity":"Critical","user":"{{part}}","host":"{{part}}"}"""), target);

        string cut = part[..127];
        Assert.Equal($"{cut} (Critical) by {cut} on {cut}", Encoding.UTF8.GetString(target, 0, length));
    }
}
