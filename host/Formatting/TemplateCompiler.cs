using AuditHost.Sdk;

namespace AuditHost.Formatting;

/// <summary>Compiles Scriban templates: the only place that knows the engine. Errors have line and column.</summary>
internal static class TemplateCompiler
{
    /// <summary>Compiles a template for one event (variable <c>event</c>).</summary>
    /// <param name="source">The template's text.</param>
    /// <param name="name">What error messages call it: its path, or the setting it stands in.</param>
    /// <param name="contentType"><c>application/json</c> (or <c>+json</c>) makes each rendering be checked.</param>
    /// <exception cref="TemplateException">It does not compile.</exception>
    public static IEventFormatter CompileEvent(string source, string name, string contentType) => throw new NotImplementedException();

    /// <summary>Compiles a template for a whole body (variables <c>events</c> and <c>batch</c>).</summary>
    /// <exception cref="TemplateException">It does not compile.</exception>
    public static IBodyFormatter CompileBody(string source, string name, string contentType) => throw new NotImplementedException();
}
