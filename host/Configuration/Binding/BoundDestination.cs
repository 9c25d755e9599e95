using AuditHost.Configuration.Options;
using AuditHost.Configuration.Yaml;
using AuditHost.Sdk;

namespace AuditHost.Configuration.Binding;

/// <summary>A destination with what its plugins' own checks need.</summary>
/// <param name="Options">The destination.</param>
/// <param name="Path">Its dotted path.</param>
/// <param name="Mapping">Where its keys stand.</param>
/// <param name="Connector">Its connector; <see langword="null"/> where no plugin provides it.</param>
/// <param name="Formatter">The format it names.</param>
/// <param name="FormatNode">Where that stands.</param>
internal sealed record BoundDestination(
    DestinationOptions Options, string Path, YamlMapping Mapping, ConnectorFactory? Connector, FormatterFactory? Formatter, YamlNode? FormatNode)
{
    /// <summary>Whether it was read without an error, so that its plugins can be asked.</summary>
    public required bool IsSound { get; init; }
}
