namespace AuditHost.Configuration.Options;

internal enum TemplateKind
{
    /// <summary>Renders one event, as variable <c>event</c>.</summary>
    Event,

    /// <summary>Renders a whole body from <c>events</c> and <c>batch</c>.</summary>
    Body,
}
