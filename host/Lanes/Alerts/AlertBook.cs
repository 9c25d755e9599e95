using System.Text.Json;
using AuditHost.Journal;
using AuditHost.Journal.Storage;
using Microsoft.Extensions.Logging;
using Microsoft.Win32.SafeHandles;

namespace AuditHost.Lanes.Alerts;

/// <summary>
/// The open alerts of one destination, and the file that keeps them over a restart. Events that are held back need no such file: the cursor does
/// not pass them, so that they are read and grouped again. A file that is lost or cannot be written costs a message too many, never an event.
/// </summary>
/// <param name="path">The file; <see langword="null"/> keeps nothing.</param>
/// <param name="logger">Takes what goes wrong with it.</param>
internal sealed class AlertBook(string? path, ILogger logger)
{
    private const string Extension = ".json";

    private readonly Dictionary<string, OpenAlert> _open = new(StringComparer.Ordinal);
    private bool _isRead;

    public IReadOnlyCollection<OpenAlert> Open => _open.Values;

    public static string PathIn(string dataDirectory, string destination) =>
        Path.Combine(dataDirectory, "alerts", Path.ChangeExtension(CursorNames.FileNameOf(destination), Extension));

    /// <summary>Reads the file, once.</summary>
    public void Read()
    {
        if (_isRead)
            return;
        _isRead = true;
        if (path is null || !File.Exists(path))
            return;
        try
        {
            foreach (OpenAlert alert in JsonSerializer.Deserialize(File.ReadAllBytes(path), AlertJson.Default.IReadOnlyListOpenAlert) ?? [])
                _open[alert.Key] = alert;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or JsonException)
        {
            logger.LogWarning("The open alerts in {Path} cannot be read ({Reason}): alerts begin anew, and those that were open are not resolved.", path, exception.Message);
        }
    }

    public OpenAlert? Find(string key) => _open.GetValueOrDefault(key);

    public void Put(OpenAlert alert) => _open[alert.Key] = alert;

    public void Remove(string key) => _open.Remove(key);

    /// <summary>Writes the file durably: another one in its place, never half of it.</summary>
    public void Write()
    {
        if (path is null)
            return;
        try
        {
            string folder = Path.GetDirectoryName(path)!;
            DiskStorage.Instance.CreateDirectory(folder);
            string next = path + ".next";
            using (SafeFileHandle file = File.OpenHandle(next, FileMode.Create, FileAccess.Write))
            {
                RandomAccess.Write(file, JsonSerializer.SerializeToUtf8Bytes([.. _open.Values], AlertJson.Default.IReadOnlyListOpenAlert), 0);
                NativeFile.SyncData(file, next);
            }

            File.Move(next, path, overwrite: true);
            DiskStorage.Instance.SyncDirectory(folder);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            logger.LogWarning("The open alerts cannot be written to {Path} ({Reason}): after a restart some may be told of again.", path, exception.Message);
        }
    }
}
