using AuditHost.PluginKit.Text;

namespace AuditHost.PluginKit.Alerts;

/// <summary>Writes the facts of an alert as one destination shows them.</summary>
public interface IFactWriter
{
    /// <summary>Writes one.</summary>
    /// <param name="name">What it is, in a word of ASCII.</param>
    /// <param name="value">Its text, of which there is something to see.</param>
    /// <param name="json">Where to.</param>
    void Write(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value, ref JsonWriter json);
}
