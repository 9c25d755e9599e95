using System.Text;

namespace AuditHost.Load;

/// <summary>Writes to the terminal and to a file, so that kept results are what was printed.</summary>
internal sealed class TeeWriter(TextWriter terminal, TextWriter file) : TextWriter
{
    public override Encoding Encoding => terminal.Encoding;

    public override void Write(char value)
    {
        terminal.Write(value);
        file.Write(value);
    }

    public override void Write(string? value)
    {
        terminal.Write(value);
        file.Write(value);
        file.Flush();
    }

    public override void WriteLine(string? value) => Write($"{value}\n");
}
