using System.Diagnostics;

namespace AuditHost.EndToEnd;

/// <summary>What stands around the fault programme keeps step with the code.</summary>
public sealed class ProgrammeTests
{
    [Theory]
    [InlineData("AuditHost.Mutations")]
    [InlineData("AuditHost.Reliability")]
    public async Task Mutations_and_page_fit_the_code(string program)
    {
        string executable = Path.Combine(Repository.Root, "artifacts", "bin", program, Path.GetFileName(Path.GetDirectoryName(Repository.Executable))!, program);
        using Process process = Process.Start(new ProcessStartInfo(executable, ["--check"]) { RedirectStandardError = true })!;
        string problems = await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken).WaitAsync(AuditHostCommand.Patience, TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.True(process.ExitCode == 0, problems);
    }
}
