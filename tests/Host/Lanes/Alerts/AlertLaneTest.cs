using AuditHost.Tests.Journal;

namespace AuditHost.Tests.Lanes.Alerts;

/// <summary>A test of a lane whose events become messages; no event is lost on the way.</summary>
public abstract class AlertLaneTest : IDisposable
{
    private protected JournalFolder Folder { get; } = new();

    private protected string Book => Path.Combine(Folder.Path, "alerts", "d.json");

    public void Dispose()
    {
        Folder.Dispose();
        GC.SuppressFinalize(this);
    }
}
