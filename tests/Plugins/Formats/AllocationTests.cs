using System.Buffers;
using AuditHost.Formats.Cef;
using AuditHost.Formats.Ecs;
using AuditHost.Formats.Gelf;
using AuditHost.Formats.Json;
using AuditHost.Formats.Leef;
using AuditHost.Formats.Ocsf;
using AuditHost.Formats.Syslog;
using AuditHost.Formats.Xml;
using AuditHost.Sdk;
using AuditHost.Sdk.Testing;

namespace AuditHost.Plugins.Tests.Formats;

public sealed class AllocationTests
{
    [Fact]
    public void Cef_allocates_nothing_per_event() => AssertAllocatesNothing(new CefFormatterFactory());

    [Fact]
    public void Ecs_allocates_nothing_per_event() => AssertAllocatesNothing(new EcsFormatterFactory());

    [Fact]
    public void Json_allocates_nothing_per_event() => AssertAllocatesNothing(new JsonFormatterFactory());

    [Fact]
    public void Gelf_allocates_nothing_per_event() => AssertAllocatesNothing(new GelfFormatterFactory());

    [Fact]
    public void Leef_allocates_nothing_per_event() => AssertAllocatesNothing(new LeefFormatterFactory());

    [Fact]
    public void Ocsf_allocates_nothing_per_event() => AssertAllocatesNothing(new OcsfFormatterFactory());

    [Fact]
    public void Syslog_allocates_nothing_per_event() => AssertAllocatesNothing(new SyslogFormatterFactory());

    [Fact]
    public void Xml_allocates_nothing_per_event() => AssertAllocatesNothing(new XmlFormatterFactory());

    private static void AssertAllocatesNothing(FormatterFactory factory)
    {
        IEventFormatter formatter = Rendering.Create(factory);
        AuditEvent[] events =
        [
            .. Enumerable.Range(0, 10).Select(SampleEvents.Parse),
            TestEvent.Parse(SampleEvents.Lines[5].Replace("DataBreach", @"Data\u0042reach\n").Replace(",\"payload", ",\r\n\"payload")),
        ];
        var output = new ArrayBufferWriter<byte>(1 << 16);
        FormatAll(formatter, events, output);

        Assert.Equal(0, Allocations.Least(() => FormatAll(formatter, events, output)));
    }

    private static void FormatAll(IEventFormatter formatter, AuditEvent[] events, ArrayBufferWriter<byte> output)
    {
        foreach (AuditEvent auditEvent in events)
        {
            output.ResetWrittenCount();
            formatter.Format(auditEvent, output);
        }
    }
}
