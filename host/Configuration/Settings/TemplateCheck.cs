using AuditHost.Configuration.Options;
using AuditHost.Formatting;

namespace AuditHost.Configuration.Settings;

/// <summary>Compiles a template to see whether it can be.</summary>
internal static class TemplateCheck
{
    /// <summary>Why it does not compile, or <see langword="null"/>.</summary>
    public static string? Compile(TemplateOptions options)
    {
        try
        {
            string source = File.ReadAllText(options.Path);
            if (options.Kind == TemplateKind.Body)
                _ = TemplateCompiler.CompileBody(source, options.Path, options.ContentType);
            else
                _ = TemplateCompiler.CompileEvent(source, options.Path, options.ContentType);
            return null;
        }
        catch (Exception exception) when (exception is TemplateException or IOException or UnauthorizedAccessException)
        {
            return exception.Message;
        }
    }
}
