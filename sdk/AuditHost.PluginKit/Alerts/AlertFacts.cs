using System.Buffers;
using AuditHost.PluginKit.Text;
using AuditHost.Sdk;

namespace AuditHost.PluginKit.Alerts;

/// <summary>What a message for people says of an event, in this order: first the alerts that it sums up. What the event does not say is left out.</summary>
public static class AlertFacts
{
    /// <summary>Hands out the facts, without allocation.</summary>
    /// <param name="auditEvent">The event.</param>
    /// <param name="writer">Shows them.</param>
    /// <param name="json">Where to.</param>
    public static void Write<TWriter>(AuditEvent auditEvent, ref TWriter writer, ref JsonWriter json)
        where TWriter : struct, IFactWriter
    {
        ArgumentNullException.ThrowIfNull(auditEvent);
        WriteGroups(new Alert(auditEvent).Groups, ref writer, ref json);
        Write("Type"u8, auditEvent.Type, ref writer, ref json);
        Write("Detail"u8, AlertDetail.Of(auditEvent), ref writer, ref json);
        Write("User"u8, auditEvent.User, ref writer, ref json);
        Write("Host"u8, auditEvent.Host, ref writer, ref json);
        Write("Source"u8, auditEvent.Source, ref writer, ref json);
        Write("Operation"u8, auditEvent.Operation, ref writer, ref json);
        Write("Classification"u8, auditEvent.Classification, ref writer, ref json);
        WriteProfiles(auditEvent.ComplianceProfiles, ref writer, ref json);
    }

    private static void WriteGroups<TWriter>(EventValue groups, ref TWriter writer, ref JsonWriter json)
        where TWriter : struct, IFactWriter
    {
        if (!groups.HasValue)
            return;
        byte[] line = ArrayPool<byte>.Shared.Rent(AlertGroups.MaxBytes);
        Write("Alerts"u8, line.AsSpan(0, AlertGroups.Write(groups, line)), ref writer, ref json);
        ArrayPool<byte>.Shared.Return(line);
    }

    private static void WriteProfiles<TWriter>(EventValue profiles, ref TWriter writer, ref JsonWriter json)
        where TWriter : struct, IFactWriter
    {
        if (profiles.Kind != EventValueKind.Array)
            return;
        byte[] joined = ArrayPool<byte>.Shared.Rent(profiles.Raw.Length);
        Write("Compliance"u8, joined.AsSpan(0, ScalarList.Join(profiles.Raw, joined)), ref writer, ref json);
        ArrayPool<byte>.Shared.Return(joined);
    }

    private static void Write<TWriter>(ReadOnlySpan<byte> name, EventValue value, ref TWriter writer, ref JsonWriter json)
        where TWriter : struct, IFactWriter
    {
        using var text = new DecodedText(value);
        Write(name, text.Utf8, ref writer, ref json);
    }

    private static void Write<TWriter>(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value, ref TWriter writer, ref JsonWriter json)
        where TWriter : struct, IFactWriter
    {
        if (ShownText.HasAny(value))
            writer.Write(name, value, ref json);
    }
}
