using AuditHost.Sdk;

namespace AuditHost.Connectors.Loki;

/// <summary>The name of a tenant ("Multi-tenancy" of the Loki manual): what its path in the object store may be called.</summary>
internal static class LokiTenant
{
    public const string Header = "X-Scope-OrgID";

    /// <exception cref="SettingsException">It is none.</exception>
    public static string? Check(string? tenant)
    {
        if (tenant is null)
            return null;
        bool isName = tenant.Length is > 0 and <= LokiLimits.Tenant && tenant is not ("." or "..")
            && tenant.All(one => char.IsAsciiLetterOrDigit(one) || one is '!' or '-' or '_' or '.' or '*' or '\'' or '(' or ')');
        return isName
            ? tenant
            : throw new SettingsException("tenant", $"Not a tenant. Use letters, digits and !-_.*'(), at most {LokiLimits.Tenant}; leave it out where Loki has no tenants");
    }
}
