using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace AuditHost.Fakes;

/// <summary>No fake: a program of Debian's packages, as tests/install unpacked it, as a child process on loopback.</summary>
public sealed class DebianDaemon(string package, string program) : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private Process? _process;

    /// <summary>Where the program is asked to listen.</summary>
    public Uri Address { get; } = new(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{FreePort()}/"));

    /// <summary>Whether the package is unpacked. Where it is not, a test has nothing to ask.</summary>
    public bool IsInstalled => File.Exists(Executable);

    private string Executable => Path.Combine(Repository(), "artifacts", "test-tools", package, "usr/bin", program);

    /// <summary>Starts it and waits until it is ready.</summary>
    public async Task StartAsync(HttpClient http, CancellationToken cancellationToken, params string[] arguments)
    {
        _process = Start(arguments, input: false);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(Patience);
        while (!await IsReadyAsync(http, patience.Token))
        {
            if (_process.HasExited)
                throw new InvalidOperationException($"{program} has ended.");
            await Task.Delay(TimeSpan.FromMilliseconds(50), patience.Token);
        }
    }

    /// <summary>Runs it to its end.</summary>
    /// <returns>Its exit code and all that it printed.</returns>
    public async Task<(int Code, string Output)> RunAsync(string input, CancellationToken cancellationToken, params string[] arguments)
    {
        using Process process = Start(arguments, input: true);
        Task<string> output = process.StandardOutput.ReadToEndAsync(cancellationToken);
        Task<string> errors = process.StandardError.ReadToEndAsync(cancellationToken);
        await process.StandardInput.WriteAsync(input.AsMemory(), cancellationToken);
        process.StandardInput.Close();
        await process.WaitForExitAsync(cancellationToken);
        return (process.ExitCode, await output + await errors);
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is null)
            return;
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private Process Start(string[] arguments, bool input)
    {
        if (!IsInstalled)
            throw new InvalidOperationException($"{package} is not installed: run tests/install.");
        var start = new ProcessStartInfo(Executable, arguments) { RedirectStandardError = true, RedirectStandardOutput = true, RedirectStandardInput = input };
        Process process = Process.Start(start)!;
        if (!input)
        {
            // What nobody reads would fill the pipe and stop the program.
            process.BeginErrorReadLine();
            process.BeginOutputReadLine();
        }

        return process;
    }

    private async Task<bool> IsReadyAsync(HttpClient http, CancellationToken cancellationToken)
    {
        try
        {
            using HttpResponseMessage response = await http.GetAsync(new Uri(Address, "-/ready"), cancellationToken);
            return response.IsSuccessStatusCode;
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException)
        {
            return false;
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static string Repository()
    {
        for (string? folder = AppContext.BaseDirectory; folder is not null; folder = Path.GetDirectoryName(folder))
        {
            if (File.Exists(Path.Combine(folder, "AuditHost.sln")))
                return folder;
        }

        throw new DirectoryNotFoundException("No folder above the tests holds AuditHost.sln.");
    }
}
