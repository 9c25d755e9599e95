using System.Buffers;
using System.Runtime.InteropServices;
using System.Text;
using AuditHost.Sdk;
using Native;

[assembly: Plugin(typeof(NativeFormatterFactory))]

namespace Native;

/// <summary>Calls a native library that it brings along.</summary>
public sealed partial class NativeFormatterFactory() : FormatterFactory(new FormatterInfo("native", "Names its native library's version."))
{
    public override ReadOnlyMemory<byte> SettingsSchema => "{}"u8.ToArray();

    public override IEventFormatter Create(ReadOnlyMemory<byte> settings, PluginContext context) => new Formatter();

    [LibraryImport("e_sqlite3", EntryPoint = "sqlite3_libversion")]
    private static partial nint LibraryVersion();

    private sealed class Formatter : IEventFormatter
    {
        public string ContentType => "text/plain";

        public void Format(AuditEvent auditEvent, IBufferWriter<byte> output) =>
            output.Write(Encoding.UTF8.GetBytes(Marshal.PtrToStringUTF8(LibraryVersion())!));
    }
}
