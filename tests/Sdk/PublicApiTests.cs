using PublicApiGenerator;

namespace AuditHost.Sdk;

public sealed class PublicApiTests
{
    private const string ApprovedFile = "AuditHost.Sdk.approved.txt";

    [Fact]
    public void Public_surface_is_the_approved_one()
    {
        string actual = typeof(IConnector).Assembly
            .GeneratePublicApi(new ApiGeneratorOptions { IncludeAssemblyAttributes = false })
            .ReplaceLineEndings("\n").TrimEnd() + "\n";
        string approved = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, ApprovedFile)).ReplaceLineEndings("\n");
        if (actual == approved)
            return;

        string received = Path.Combine(AppContext.BaseDirectory, "AuditHost.Sdk.received.txt");
        File.WriteAllText(received, actual);
        string[] added = [.. actual.Split('\n').Except(approved.Split('\n'))];
        string[] removed = [.. approved.Split('\n').Except(actual.Split('\n'))];
        Assert.Fail(
            "The contract with plugins has changed.\n"
            + string.Concat(added.Select(line => $"  + {line.Trim()}\n"))
            + string.Concat(removed.Select(line => $"  - {line.Trim()}\n"))
            + "A removed or changed line breaks every plugin that was built before: that takes a new major version.\n"
            + $"If only additions are meant, raise the minor version and copy {received} over tests/Sdk/{ApprovedFile}.");
    }
}
