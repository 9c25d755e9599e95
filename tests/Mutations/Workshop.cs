using System.Diagnostics;

namespace AuditHost.Mutations;

/// <summary>A copy of the host's sources to be harmed, and a copy of the built fault programme to run with what comes of them.</summary>
internal sealed class Workshop : IDisposable
{
    private const string Programme = "AuditHost.Faults.Tests";

    private static readonly string[] Sources = ["host", "sdk"];

    /// <summary>A twentieth of what is drawn at random notices most mutations; the whole programme is for those that it does not.</summary>
    private static readonly (string Name, string Value)[] Quick =
    [
        ("AUDITHOST_SEQUENCES", "10000"),
        ("AUDITHOST_SIMULATION_SEEDS", "1000"),
        ("AUDITHOST_DAMAGED", "5000"),
    ];

    private readonly string _root;
    private readonly string _folder = Directory.CreateTempSubdirectory("audithost-mutations-").FullName;

    public Workshop(string root)
    {
        _root = root;
        string configuration = Path.GetFileName(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory));
        CopyFolder(Path.Combine(root, "artifacts", "bin", Programme, configuration), Path.Combine(_folder, "programme"));
        foreach (string file in Directory.EnumerateFiles(root).Where(file => Path.GetExtension(file) is ".props" or ".json" || Path.GetFileName(file) == ".editorconfig"))
            File.Copy(file, Path.Combine(_folder, Path.GetFileName(file)));
        foreach (string source in Sources)
            CopyFolder(Path.Combine(root, source), Path.Combine(_folder, source));
    }

    /// <summary>Runs the fault programme with the host as it is: where that fails, a failure says nothing about a mutation.</summary>
    /// <returns>The first test that failed; <see langword="null"/> where none did.</returns>
    public string? TryUnharmed() => FirstFailure(Quick);

    /// <summary>Builds the host with a mutation and runs the fault programme with it.</summary>
    /// <returns>The first test that failed; <see langword="null"/> where none did.</returns>
    /// <exception cref="InvalidOperationException">It does not compile.</exception>
    public string? Try(Mutation mutation)
    {
        string original = Path.Combine(_root, mutation.Source);
        string harmed = Path.Combine(_folder, mutation.Source);
        mutation.Apply(_folder);
        try
        {
            // Warnings are not what is looked for: a mutation often leaves something unused.
            Run("dotnet", ["build", Path.Combine(_folder, "host"), "-v", "quiet", "-nologo", "-p:TreatWarningsAsErrors=false", "-p:RunAnalyzers=false"], [], out string output);
            string built = Directory.EnumerateFiles(Path.Combine(_folder, "artifacts", "bin", "AuditHost"), "audithost.dll", SearchOption.AllDirectories).FirstOrDefault()
                ?? throw new InvalidOperationException($"{mutation.Name} does not compile:\n{output}");
            if (output.Contains(" error ", StringComparison.Ordinal))
                throw new InvalidOperationException($"{mutation.Name} does not compile:\n{output}");
            File.Copy(built, Path.Combine(_folder, "programme", "audithost.dll"), overwrite: true);
        }
        finally
        {
            File.Copy(original, harmed, overwrite: true);
        }

        return FirstFailure(Quick) ?? FirstFailure([]);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private string? FirstFailure((string Name, string Value)[] variables)
    {
        int code = Run(Path.Combine(_folder, "programme", Programme), ["-stopOnFail", "-noColor", "-noLogo", "-parallel", "none"], variables, out string output);
        return code == 0
            ? null
            : output.Split('\n').FirstOrDefault(line => line.Contains("[FAIL]", StringComparison.Ordinal))?.Replace("[FAIL]", "", StringComparison.Ordinal).Trim()
                ?? "the programme, which crashed or hung";
    }

    private static int Run(string program, string[] arguments, (string Name, string Value)[] variables, out string output)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true };
        start.Environment.Remove("AUDITHOST_FIGURES");
        foreach ((string name, string value) in variables)
            start.Environment[name] = value;
        using Process process = Process.Start(start)!;
        output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode;
    }

    private static void CopyFolder(string from, string to)
    {
        Directory.CreateDirectory(to);
        foreach (string file in Directory.EnumerateFiles(from))
            File.Copy(file, Path.Combine(to, Path.GetFileName(file)));
        foreach (string folder in Directory.EnumerateDirectories(from).Where(folder => Path.GetFileName(folder) is not ("data" or "out")))
            CopyFolder(folder, Path.Combine(to, Path.GetFileName(folder)));
    }
}
