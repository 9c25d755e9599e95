using System.Diagnostics;
using System.Diagnostics.Tracing;
using System.Runtime.InteropServices;
using AuditHost.Sdk;

namespace Zoo;

/// <summary>The ways to misbehave. One that returns nothing goes on as if nothing had been.</summary>
internal static partial class Ways
{
    private static readonly List<object> Leaked = [];

    public static async Task<DeliveryResult?> RunAsync(string way, PluginContext context, CancellationToken cancellationToken)
    {
        switch (way)
        {
            case "throw":
                throw new InvalidOperationException("I do not want to.");
            case "throw_in_async_void":
                ThrowLater();
                await Task.Delay(Timeout.Infinite, cancellationToken);
                break;
            case "throw_in_thread":
                new Thread(static () => throw new InvalidOperationException("Nobody catches this.")).Start();
                await Task.Delay(Timeout.Infinite, cancellationToken);
                break;
            case "exit":
                Environment.Exit(0);
                break;
            case "fail_fast":
                Environment.FailFast("Enough.");
                break;
            case "overflow_stack":
                _ = Descend(1);
                break;
            case "segfault":
                unsafe
                {
                    *(int*)0x5000000000 = 1;
                }

                break;
            case "allocate":
                while (true)
                    Leaked.Add(GC.AllocateArray<byte>(64 << 20, pinned: true));
            case "leak_native_memory":
                while (!cancellationToken.IsCancellationRequested)
                {
                    unsafe
                    {
                        NativeMemory.Fill(NativeMemory.Alloc(16 << 20), 16 << 20, 1);
                    }

                    await Task.Delay(20, cancellationToken);
                }

                break;
            case "leak_threads":
                for (int i = 0; i < 1000; i++)
                    new Thread(static () => Thread.Sleep(Timeout.Infinite)) { IsBackground = true }.Start();
                await Task.Delay(Timeout.Infinite, cancellationToken);
                break;
            case "leak_handles":
                while (true)
                    Leaked.Add(File.OpenRead("/dev/null"));
            case "spin":
                while (true)
                    Thread.SpinWait(1000);
            case "sleep":
                Thread.Sleep(Timeout.Infinite);
                break;
            case "starve_the_pool":
                for (int i = 0; i < 200; i++)
                    _ = Task.Run(static () => Thread.Sleep(Timeout.Infinite), CancellationToken.None);
                await Task.Delay(Timeout.Infinite, cancellationToken);
                break;
            case "name_events_that_are_not_there":
                return DeliveryResult.Partial([new EventFailure(4711, FailureKind.Rejected, "The 4711th.")]);
            case "answer_with_megabytes":
                return DeliveryResult.Failed(FailureKind.Transient, new string('x', 8 << 20)).WithResponse(500, new string('y', 8 << 20));
            case "flood_stdout":
                for (int i = 0; i < 200_000; i++)
                    Console.WriteLine($"{i} lines and no end of it, {new string('z', 50)}");
                return DeliveryResult.Failed(FailureKind.Transient, "Hoarse.");
            case "flood_log":
                for (int i = 0; i < 100_000; i++)
                    context.Log(EventLevel.Error, $"{i} errors and counting.");
                return DeliveryResult.Failed(FailureKind.Transient, "Out of ink.");
            case "close_every_file":
                for (int file = 3; file < 256; file++)
                    _ = Close(file);
                await Task.Delay(Timeout.Infinite, cancellationToken);
                break;
            case "write_garbage_to_every_socket":
                byte[] garbage = [.. Enumerable.Repeat((byte)0xA5, 4096)];
                for (int file = 3; file < 256; file++)
                    _ = Send(file, garbage, (nuint)garbage.Length, 0x4040);
                await Task.Delay(Timeout.Infinite, cancellationToken);
                break;
            case "fork":
                Process.Start("sleep", "3600").Dispose();
                Environment.FailFast("The child stays behind.");
                break;
            case "hang_in_dispose":
                return DeliveryResult.Failed(FailureKind.Transient, "Later, when it is over.");
            case "nothing":
                break;
            default:
                throw new SettingsException("way", $"There is no way '{way}'.");
        }

        return null;
    }

    private static async void ThrowLater()
    {
        await Task.Yield();
        throw new InvalidOperationException("Nobody awaits this.");
    }

    private static int Descend(int depth) => depth == 0 ? 0 : Descend(depth + 1) + Descend(depth + 2);

    [LibraryImport("libc", EntryPoint = "close")]
    private static partial int Close(int file);

    [LibraryImport("libc", EntryPoint = "send")]
    private static partial nint Send(int socket, byte[] content, nuint length, int flags);
}
