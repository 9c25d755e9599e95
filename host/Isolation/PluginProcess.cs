using System.Diagnostics;
using System.Net.Sockets;
using System.Text.Json;
using AuditHost.Configuration.Options;
using AuditHost.Isolation.Messages;
using AuditHost.Sdk;
using Microsoft.Extensions.Logging;

namespace AuditHost.Isolation;

/// <summary>
/// The host's end of one plugin's process: starts it, calls it, watches it, and ends it where it breaks a limit. Once ended it is never
/// used again; <see cref="ProcessConnector"/> starts another.
/// </summary>
internal sealed class PluginProcess : IAsyncDisposable
{
    /// <summary>How long it may take from the start to the first answer.</summary>
    private static readonly TimeSpan StartPatience = TimeSpan.FromSeconds(20);

    private static readonly TimeSpan StopPatience = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan OutputPatience = TimeSpan.FromSeconds(1);

    private readonly Process _process;
    private readonly ProcessFolder _folder;
    private readonly ProcessOutput _output;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly TaskCompletionSource<string> _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Task _draining;
    private ProcessCalls? _calls;
    private string? _killedFor;
    private volatile bool _exited;

    private PluginProcess(Process process, ProcessFolder folder, TimeProvider time, ILogger logger)
    {
        _process = process;
        Id = process.Id;
        _folder = folder;
        _time = time;
        _logger = logger;
        _output = new ProcessOutput(logger);
        _draining = Task.WhenAll(_output.DrainAsync(process.StandardOutput), _output.DrainAsync(process.StandardError));
        _ = AwaitEndAsync();
    }

    public int Id { get; }

    /// <summary>Why the content of the template's file is not the one that renders there, as the last answer to the watch says.</summary>
    public string? TemplateProblem { get; private set; }

    public bool HasEnded => _ended.Task.IsCompleted;

    /// <summary>Ends when the process has, with how it did.</summary>
    public Task<string> Ended => _ended.Task;

    /// <summary>Starts a process.</summary>
    /// <exception cref="PluginProcessEndedException">It ended before it took up the connection.</exception>
    /// <exception cref="IOException">It cannot be started, or does not take up the connection.</exception>
    public static async Task<PluginProcess> StartAsync(IsolationOptions options, TimeProvider time, ILogger logger, CancellationToken cancellationToken)
    {
        var folder = new ProcessFolder();
        PluginProcess? started = null;
        try
        {
            using var listener = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            listener.Bind(new UnixDomainSocketEndPoint(folder.Socket));
            listener.Listen(1);
            Process process = Process.Start(ProcessLaunch.Create(options, folder)) ?? throw new IOException("The plugin's process cannot be started.");
            process.StandardInput.Close();
            started = new PluginProcess(process, folder, time, logger);
            await started.ConnectAsync(listener, cancellationToken);
            _ = new ProcessWatch(started, options, time).RunAsync();
            return started;
        }
        catch (Exception exception)
        {
            if (started is not null)
                await started.DisposeAsync();
            else
                folder.Dispose();
            if (exception is System.ComponentModel.Win32Exception)
                throw new IOException($"The plugin's process cannot be started: {exception.Message}", exception);
            throw;
        }
    }

    /// <summary>Starts a process and hands it its destination. Its connector is made, and not yet opened.</summary>
    /// <exception cref="SettingsException">The destination's settings cannot work.</exception>
    /// <exception cref="IOException">The process ended, or cannot load the plugin.</exception>
    public static async Task<PluginProcess> StartAsync(
        SetupMessage setup, IsolationOptions options, TimeProvider time, ILogger logger, CancellationToken cancellationToken)
    {
        PluginProcess process = await StartAsync(options, time, logger, cancellationToken);
        try
        {
            Outcomes.ThrowUnlessDone(await process.AskAsync(MessageKind.Setup, JsonSerializer.SerializeToUtf8Bytes(setup, MessageJson.Default.SetupMessage), cancellationToken));
            return process;
        }
        catch
        {
            await process.DisposeAsync();
            throw;
        }
    }

    /// <summary>Calls the process, with a deadline of its own; one that lets it pass is ended.</summary>
    /// <exception cref="IOException">The process ended, or did not answer.</exception>
    public async Task<OutcomeMessage> AskAsync(MessageKind kind, ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        using var deadline = new CancellationTokenSource(StartPatience, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        try
        {
            return await CallAsync(kind, content, either.Token);
        }
        catch (OperationCanceledException)
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw new IOException($"The plugin's process did not answer within {StartPatience.TotalSeconds:0} s.");
        }
    }

    /// <summary>Calls the process and waits for what becomes of it.</summary>
    /// <exception cref="PluginProcessEndedException">The process ended first.</exception>
    /// <exception cref="OperationCanceledException">The call was ended; a process that goes on with it all the same is ended too.</exception>
    public Task<OutcomeMessage> CallAsync(MessageKind kind, ReadOnlyMemory<byte> content, CancellationToken cancellationToken) =>
        _calls!.CallAsync(kind, content, cancellationToken);

    /// <summary>Sees whether the process answers, and how it is.</summary>
    /// <exception cref="PluginProcessEndedException">It ended.</exception>
    public async Task PingAsync()
    {
        OutcomeMessage answer = await CallAsync(MessageKind.Ping, default, CancellationToken.None);
        TemplateProblem = answer.TemplateProblem is { } problem ? Outcomes.OneLine(problem) : null;
    }

    /// <summary>Ends the process, which broke a limit.</summary>
    public void Kill(string reason)
    {
        Interlocked.CompareExchange(ref _killedFor, reason, null);
        if (!_exited)
            ProcessSignals.KillWithGroup(_process);
    }

    /// <summary>Has the process close its connector and end, and ends it where it does not.</summary>
    public async ValueTask DisposeAsync()
    {
        if (!HasEnded && _calls is not null)
        {
            try
            {
                await _calls.StopAsync();
                await Ended.WaitAsync(StopPatience, _time);
            }
            catch (Exception exception) when (exception is IOException or TimeoutException)
            {
                // It gets no second word.
            }
        }

        Kill("was ended by the host");
        await Ended;
        if (_calls is not null)
            await _calls.DisposeAsync();
        _process.Dispose();
        _folder.Dispose();
    }

    private async Task ConnectAsync(Socket listener, CancellationToken cancellationToken)
    {
        using var deadline = new CancellationTokenSource(StartPatience, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        try
        {
            Task<Socket> accepting = listener.AcceptAsync(either.Token).AsTask();
            await Task.WhenAny(accepting, Ended);
            if (HasEnded)
                throw new PluginProcessEndedException(await Ended);
            Socket socket = await accepting;
            _calls = new ProcessCalls(new NetworkStream(socket, ownsSocket: true), Ended, Kill, _time, _logger);
        }
        catch (OperationCanceledException)
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw new IOException($"The plugin's process did not take up the connection within {StartPatience.TotalSeconds:0} s.");
        }
    }

    private async Task AwaitEndAsync()
    {
        await _process.WaitForExitAsync();
        _exited = true;
        ProcessSignals.KillGroup(Id);

        // What left its group may still hold the pipes.
        await _draining.WaitAsync(OutputPatience, _time).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        string how = _killedFor ?? ProcessSignals.Describe(_process.ExitCode);
        string said = _killedFor is null && _output.End is { Length: > 0 } end ? $" It wrote: {Outcomes.OneLine(end)}" : string.Empty;
        string reason = $"The plugin's process {how}.{said}";
        _ended.SetResult(reason);
        _calls?.Fail(reason);
    }
}
