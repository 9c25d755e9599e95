namespace AuditHost.Formatting.Library;

/// <summary>A template of the library.</summary>
/// <param name="Name">What a site file calls it.</param>
/// <param name="Path">Its file.</param>
/// <param name="IsReady">Whether it came with the host; else it is the site's.</param>
/// <param name="File">What the file says; <see langword="null"/> where it could not be read.</param>
/// <param name="Problem">Why it cannot be used; <see langword="null"/> where it can be read. Whether it compiles shows when it is compiled.</param>
internal sealed record TemplateEntry(string Name, string Path, bool IsReady, TemplateFile? File, string? Problem);
