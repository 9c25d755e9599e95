using System.Buffers;
using Acme.Hook;
using AuditHost.PluginKit.Settings;
using AuditHost.Sdk;

[assembly: Plugin(typeof(PipeFactory))]

namespace Acme.Hook;

public sealed class PipeFactory() : FormatterFactory<PipeSettings>(
    new FormatterInfo("acme_pipe", "Id, type and user, with bars between.") { Framing = Framing.Newline },
    SettingsContext.Default.PipeSettings)
{
    protected override IEventFormatter Create(PipeSettings settings, PluginContext context) => new PipeFormatter();
}

/// <summary>Writes decoded values straight to the host's buffer; what would break the line is refused.</summary>
internal sealed class PipeFormatter : IEventFormatter
{
    public string ContentType => "text/plain; charset=utf-8";

    public void Format(AuditEvent auditEvent, IBufferWriter<byte> output)
    {
        Write(auditEvent.Id, output);
        output.Write("|"u8);
        Write(auditEvent.Type, output);
        output.Write("|"u8);
        Write(auditEvent.User, output);
    }

    private static void Write(EventValue value, IBufferWriter<byte> output)
    {
        // Decoded first: a bar may have been received as \u007c.
        Span<byte> target = output.GetSpan(value.Raw.Length);
        int length = value.CopyTo(target);
        if (target[..length].ContainsAny("|\r\n"u8))
            throw new FormatException("A value has a bar or a line break, which this format cannot hold.");
        output.Advance(length);
    }
}
