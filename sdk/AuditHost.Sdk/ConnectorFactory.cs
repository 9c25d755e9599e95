namespace AuditHost.Sdk;

/// <summary>Creates the connector of one destination from its settings.</summary>
/// <param name="info">What the host must know before it can prepare a batch.</param>
public abstract class ConnectorFactory(ConnectorInfo info) : PluginFactory(info.Type, info.Summary)
{
    /// <summary>What the host must know before it can prepare a batch.</summary>
    public ConnectorInfo Info { get; } = info;

    /// <summary>
    /// Creates a connector. Checks everything that can be checked without a connection and opens nothing:
    /// the host also calls this to validate a site file.
    /// </summary>
    /// <param name="settings">The destination's own keys as a UTF-8 JSON object, secrets already filled in.</param>
    /// <param name="context">What the host offers to this destination.</param>
    /// <exception cref="SettingsException">The settings cannot work; the message names the setting and the remedy.</exception>
    public abstract IConnector Create(ReadOnlyMemory<byte> settings, PluginContext context);

    /// <summary>
    /// Where these settings lead, as absolute URIs such as <c>https://host/path</c> or <c>tls://host:6514</c>; a file whose path is
    /// relative, as a relative one. The host shows them to the operator and decides by the scheme which shared TLS settings the
    /// destination needs. Never with credentials.
    /// </summary>
    /// <param name="settings">The destination's own keys as a UTF-8 JSON object.</param>
    public virtual IReadOnlyList<Uri> Endpoints(ReadOnlyMemory<byte> settings) => [];

    /// <summary>
    /// Which renderings the connector of these settings reads; <see cref="ConnectorInfo.Content"/> unless its settings decide.
    /// The host asks this, so that nothing is rendered twice.
    /// </summary>
    /// <param name="settings">The destination's own keys as a UTF-8 JSON object.</param>
    public virtual BatchContent Content(ReadOnlyMemory<byte> settings) => Info.Content;
}
