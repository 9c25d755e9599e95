using System.Buffers;
using AuditHost.Formats.Syslog;
using AuditHost.Sdk;
using AuditHost.Sdk.Testing;

namespace AuditHost.Plugins.Tests.Formats;

public sealed class RelayFormatterTests
{
    /// <summary>What stands for bytes that are no text.</summary>
    private const string Replacement = "\uFFFD";

    private static readonly IEventFormatter Relay = Rendering.Create(new RelayFormatterFactory());

    [Theory]
    [InlineData("""{"facility":4,"severity":2,"version":1,"header":"<34>1 - host su - - [a@1 b=\"c\"] "},"message":"'su root' \"failed\"" """, "<34>1 - host su - - [a@1 b=\"c\"] 'su root' \"failed\"")]
    [InlineData("""{"facility":1,"severity":5,"version":0,"header":""},"message":"no header at all" """, "no header at all")]
    [InlineData("""{"facility":1,"severity":5,"version":0,"header":"<13>"},"message":"" """, "<13>")]
    public void Syslog_message_goes_out_as_it_came(string parts, string expected) =>
        Assert.Equal(expected, Relay.Render(Event(parts)));

    [Fact]
    public void Message_that_is_no_text_goes_out_in_its_own_bytes()
    {
        byte[] message = [.. "<13>caf"u8, 0xE9, 0x00, 0xFF];
        var output = new ArrayBufferWriter<byte>();

        Relay.Format(Event($$"""{"facility":1,"header":"<13>","original_base64":"{{Convert.ToBase64String(message)}}"},"message":"caf{{Replacement}}\u0000{{Replacement}}" """), output);

        Assert.Equal(message, output.WrittenSpan);
    }

    [Fact]
    public void Bytes_that_cannot_be_read_give_way_to_the_text() =>
        Assert.Equal($"<13>text{Replacement}", Relay.Render(Event($$"""{"facility":1,"header":"<13>","original_base64":"!"},"message":"text{{Replacement}}" """)));

    /// <summary>Whoever can send JSON can send these, and what they say of themselves must not break the format.</summary>
    [Theory]
    [InlineData("""{"event_id":"e","event_type":"SecurityEvent","message":"m","syslog":{"facility":1,"header":"<0>"}}""")]
    [InlineData("""{"event_id":"e","event_type":"syslog","message":"m"}""")]
    [InlineData("""{"event_id":"e","event_type":"syslog","message":"m","syslog":"<0>"}""")]
    [InlineData("""{"event_id":"e","event_type":"syslog","message":{"a":1},"syslog":{"header":"<0>"}}""")]
    [InlineData("""{"event_id":"e","event_type":"syslog","syslog":{"facility":1,"header":"<0>"}}""")]
    public void Event_that_did_not_come_as_syslog_becomes_a_message(string json)
    {
        AuditEvent auditEvent = TestEvent.Parse(json);
        IEventFormatter usual = Rendering.Create(new SyslogFormatterFactory(), """{"facility":"authpriv"}""");
        IEventFormatter relay = Rendering.Create(new RelayFormatterFactory(), """{"facility":"authpriv"}""");

        Assert.Equal(usual.Render(auditEvent), relay.Render(auditEvent));
    }

    private static AuditEvent Event(string parts) => TestEvent.Parse($$"""{"event_type":"syslog","severity":"info","peer":"192.0.2.7","syslog":{{parts.TrimEnd()}}}""");
}
