namespace AuditHost.Template;

/// <summary>The operator's word for a plugin of the site. The one place that knows whether the host asks for it.</summary>
internal static class Trust
{
    /// <summary>Whether a host loads only what it was told to trust.</summary>
    public static bool IsAsked => false;

    public static bool IsCommand(string command) => command.StartsWith("audithost plugins trust ", StringComparison.Ordinal);

    public static async Task GiveAsync(Workshop workshop, string site, string plugin)
    {
        if (IsAsked)
            (await workshop.RunAsync(site, $"audithost plugins trust {plugin} --config site.yaml")).Expect(0);
    }
}
