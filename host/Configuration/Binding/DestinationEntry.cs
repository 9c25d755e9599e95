using AuditHost.Configuration.Keys;
using AuditHost.Configuration.Yaml;

namespace AuditHost.Configuration.Binding;

/// <summary>One destination of the file before it is read.</summary>
/// <param name="Heading">The heading it stands under.</param>
/// <param name="Key">Its name and where that stands.</param>
/// <param name="Mapping">Its keys.</param>
/// <param name="Path">Its dotted path.</param>
/// <param name="IsEnabled">Whether it is switched on, here and in <c>global</c>.</param>
internal sealed record DestinationEntry(SectionKey Heading, YamlScalar Key, YamlMapping Mapping, string Path, bool IsEnabled)
{
    public string Name => Key.Value;
}
