using System.Text.Json;
using AuditHost.Intake;

namespace AuditHost.Tests.Intake;

public sealed class RejectedInputFilesTests
{
    [Fact]
    public void Pieces_are_appended_over_restarts_for_the_owner_alone()
    {
        using var folder = new TemporaryFolder();
        string directory = folder.File("rejected");
        for (int i = 0; i < 2; i++)
        {
            using var files = new RejectedInputFiles(directory);
            files.Reject("stdin", new RejectedPiece("stdin", i, 2, new byte[] { 0xFF, 0x0A }, "bad"));
            files.Sync("stdin");
        }

        string path = Path.Combine(directory, "stdin.jsonl");
        string[] lines = File.ReadAllLines(path);
        Assert.Equal(2, lines.Length);
        JsonElement second = JsonElement.Parse(lines[1]);
        Assert.Equal(1, second.GetProperty("offset").GetInt64());
        Assert.Equal([0xFF, 0x0A], second.GetProperty("data").GetBytesFromBase64());
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));
    }
}
