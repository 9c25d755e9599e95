using AuditHost.Configuration.Options;
using AuditHost.Formatting;
using AuditHost.Formatting.Library;

namespace AuditHost.Configuration.Settings;

/// <summary>Compiles a template to see whether it can be.</summary>
internal static class TemplateCheck
{
    /// <summary>Why it does not compile, or <see langword="null"/>.</summary>
    public static string? Compile(TemplateOptions options)
    {
        try
        {
            _ = TemplateVersion.Open(options);
            return null;
        }
        catch (Exception exception) when (exception is TemplateException or IOException or UnauthorizedAccessException)
        {
            return exception.Message;
        }
    }
}
