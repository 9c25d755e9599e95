using System.Text;
using AuditHost.PluginKit.Text;
using AuditHost.Sdk;

namespace AuditHost.Formats.Ocsf;

/// <summary>Severities as OCSF numbers and spells them.</summary>
internal static class OcsfSeverity
{
    private const int Other = 99;

    public static void Write(Severity severity, ref JsonWriter json) => Write(1 + (int)severity, ref json);

    /// <summary>Writes the severity that a producer has as text, in whatever case.</summary>
    public static void Write(EventValue severity, ref JsonWriter json)
    {
        if (!JsonWriter.IsText(severity))
            return;
        for (int id = 1; id <= 5; id++)
        {
            if (!Ascii.EqualsIgnoreCase(severity.Raw, NameOf(id)))
                continue;
            Write(id, ref json);
            return;
        }

        json.Name("severity_id"u8);
        json.Number(Other);
        json.TextMember("severity"u8, severity);
    }

    private static void Write(int id, ref JsonWriter json)
    {
        json.Name("severity_id"u8);
        json.Number(id);
        json.Member("severity"u8, NameOf(id));
    }

    private static ReadOnlySpan<byte> NameOf(int id) => id switch
    {
        1 => "Informational"u8,
        2 => "Low"u8,
        3 => "Medium"u8,
        4 => "High"u8,
        _ => "Critical"u8,
    };
}
