namespace AuditHost.Tests.Intake;

/// <summary>Files of copybook-rs that lie beside the tests.</summary>
internal static class Assets
{
    public static byte[] Read(string name)
    {
        string? folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder!, "AuditHost.sln")))
            folder = Path.GetDirectoryName(folder);
        return File.ReadAllBytes(Path.Combine(folder!, "tests", "Host", "Intake", "Assets", name));
    }
}
