using AuditHost.Configuration.Options;
using AuditHost.Formatting;
using AuditHost.Formatting.Library;
using AuditHost.Plugins;
using AuditHost.Sdk;

namespace AuditHost.Lanes;

/// <summary>Puts together what turns a destination's events into bytes.</summary>
internal static class RendererFactory
{
    /// <summary>Creates the renderer of a destination.</summary>
    /// <param name="options">The destination.</param>
    /// <param name="connector">What reads the bytes.</param>
    /// <param name="context">What a format is created with.</param>
    /// <param name="logId">The journal's id.</param>
    /// <param name="plugins">Where the format is found.</param>
    /// <param name="template">The destination's template, where it is open already.</param>
    public static BatchRenderer Create(
        DestinationOptions options, ConnectorFactory connector, PluginContext context, Guid logId, IPluginCatalogue plugins, LiveTemplate? template = null)
    {
        IEventFormatter formatter;
        Framing framing;
        template ??= options.Template is { } named ? LiveTemplate.Open(named) : null;
        if (template?.Current is { Event: { } rendersEvents, ContentType: var contentType })
        {
            formatter = rendersEvents;
            framing = OutputCheck.IsJson(contentType) ? Framing.JsonArray : Framing.Newline;
        }
        else
        {
            FormatterFactory format = Format(options, connector, plugins);
            formatter = format.Create(options.FormatSettings, context);
            framing = format.Info.Framing;
        }

        return new BatchRenderer(
            options.Name, logId, connector.Content(options.Settings), connector.Info.Framing ?? framing, formatter, template?.Current.Body, template);
    }

    /// <summary>The renderer of a destination whose plugin renders in a process of its own: events are handed over as they are.</summary>
    public static BatchRenderer CreateForProcess(DestinationOptions options, Guid logId) =>
        new(options.Name, logId, BatchContent.None, Framing.None, new UnrenderedFormatter(), body: null);

    /// <summary>The connector's factory, and the format's where there may be one.</summary>
    public static IEnumerable<PluginFactory> Factories(DestinationOptions options, ConnectorFactory connector, IPluginCatalogue plugins)
    {
        yield return connector;
        if (plugins.TryGetFormatter(options.Format ?? connector.Info.DefaultFormat, out FormatterFactory? format))
            yield return format;
    }

    /// <summary>The format of a destination without an event template.</summary>
    public static FormatterFactory Format(DestinationOptions options, ConnectorFactory connector, IPluginCatalogue plugins)
    {
        string format = options.Format ?? connector.Info.DefaultFormat;
        return plugins.TryGetFormatter(format, out FormatterFactory? formatter)
            ? formatter
            : throw new InvalidOperationException($"{options.Location}: no plugin provides format '{format}'.");
    }
}
