namespace AuditHost.Commands;

/// <summary>A template as <c>templates list</c> shows it.</summary>
/// <param name="Name">What a site file calls it.</param>
/// <param name="From"><c>site</c> or <c>ready</c>.</param>
/// <param name="Path">Its file.</param>
/// <param name="Kind"><c>event</c> or <c>body</c>; <see langword="null"/> where it is broken.</param>
/// <param name="ContentType">What it renders.</param>
/// <param name="Summary">What it is for.</param>
/// <param name="Problem">Why it cannot be used; <see langword="null"/> where it can.</param>
internal sealed record TemplateListing(string Name, string From, string Path, string? Kind, string? ContentType, string? Summary, string? Problem);
