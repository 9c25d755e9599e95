using System.Diagnostics;

namespace AuditHost.Plugins.Tests.Otlp;

/// <summary>protoc, which reads protobuf by a <c>.proto</c> and knows nothing of the code that wrote it.</summary>
internal static class Protoc
{
    /// <summary>A message as protoc's text; a field that the <c>.proto</c> does not have stands there by its number.</summary>
    public static async Task<string> DecodeAsync(string message, ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        string repository = Repository();
        string home = Path.Combine(repository, "artifacts", "test-tools", "protoc");
        if (!System.IO.File.Exists(Path.Combine(home, "library-path")))
            Assert.Skip("protoc is not installed: run tests/install");
        var start = new ProcessStartInfo(Path.Combine(home, "usr", "bin", "protoc"))
        {
            ArgumentList = { $"--decode={message}", "--proto_path=" + Path.Combine(repository, "tests", "Plugins", "Otlp"), "logs.proto" },
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["LD_LIBRARY_PATH"] = (await System.IO.File.ReadAllTextAsync(Path.Combine(home, "library-path"), cancellationToken)).Trim();
        using Process process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync(cancellationToken);
        Task<string> errors = process.StandardError.ReadToEndAsync(cancellationToken);
        await process.StandardInput.BaseStream.WriteAsync(bytes, cancellationToken);
        process.StandardInput.Close();
        await process.WaitForExitAsync(cancellationToken);
        Assert.True(process.ExitCode == 0, await errors);
        return await output;
    }

    private static string Repository()
    {
        for (string? folder = AppContext.BaseDirectory; folder is not null; folder = Path.GetDirectoryName(folder))
        {
            if (System.IO.File.Exists(Path.Combine(folder, "AuditHost.sln")))
                return folder;
        }

        throw new DirectoryNotFoundException("No folder above the tests holds AuditHost.sln.");
    }
}
