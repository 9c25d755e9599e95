using System.Text;
using AuditHost.Formatting.Functions;
using AuditHost.Sdk;
using Scriban;
using Scriban.Parsing;
using Scriban.Syntax;

namespace AuditHost.Formatting;

/// <summary>Compiles Scriban templates: the only place that knows the engine. Errors have line and column.</summary>
internal static class TemplateCompiler
{
    private static readonly string[] EventVariables = ["event", "audit"];
    private static readonly string[] BodyVariables = ["events", "batch"];

    /// <summary>Compiles a template for one event (variables <c>event</c> and <c>audit</c>).</summary>
    /// <param name="source">The template's text.</param>
    /// <param name="name">What error messages call it: its path, or the setting it stands in.</param>
    /// <param name="contentType"><c>application/json</c> (or <c>+json</c>) makes each rendering be checked.</param>
    /// <param name="start">Where in the text the template begins; what is before it counts for lines alone.</param>
    /// <exception cref="TemplateException">It does not compile.</exception>
    public static IEventFormatter CompileEvent(string source, string name, string contentType, TextPosition start = default) =>
        new EventTemplate(Compile(source, name, contentType, EventVariables, TemplateLimits.Event, start));

    /// <summary>Compiles a template for a whole body (variables <c>events</c> and <c>batch</c>).</summary>
    /// <exception cref="TemplateException">It does not compile.</exception>
    public static IBodyFormatter CompileBody(string source, string name, string contentType, TextPosition start = default) =>
        new BodyTemplate(Compile(source, name, contentType, BodyVariables, TemplateLimits.Body, start));

    internal static CompiledTemplate Compile(
        string source, string name, string contentType, IReadOnlyList<string> variables, TemplateLimits limits, TextPosition start = default)
    {
        int bytes = Encoding.UTF8.GetByteCount(source.AsSpan(start.Offset));
        if (bytes > TemplateLimits.Source)
            throw new TemplateException($"{name}: the template has {bytes} bytes; the most is {TemplateLimits.Source}.");
        // The engine cannot begin at the end of a text.
        Template template = start.Offset < source.Length
            ? Template.Parse(source, name, lexerOptions: new LexerOptions { StartPosition = start })
            : Template.Parse(string.Empty, name);
        var errors = new StringBuilder();
        foreach (LogMessage message in template.Messages)
        {
            if (message.Type == ParserMessageType.Error)
                Report(errors, source, name, message.Span, message.Message);
        }

        if (!template.HasErrors)
        {
            var check = new TemplateCheck(BuiltIns.Shared, variables);
            foreach ((ScriptNode place, string reason) in check.Run(template.Page!))
                Report(errors, source, name, place.Span, reason);
            new EscapePipes(BuiltIns.Shared, check.IsAssigned).Visit(template.Page!);
        }

        return errors.Length == 0 ? new CompiledTemplate(template, name, contentType, limits) : throw new TemplateException(errors.ToString());
    }

    private static void Report(StringBuilder errors, string source, string name, SourceSpan span, string reason)
    {
        if (errors.Length > 0)
            errors.Append('\n');
        errors.Append($"{SourcePlace.Of(name, span)}: {reason}").Append(SourcePlace.Excerpt(source, span.Start));
    }
}
