using AuditHost.Formatting.Library;
using AuditHost.Lanes;
using AuditHost.Tests.Formatting;
using AuditHost.Tests.Formatting.Library;
using Microsoft.Extensions.Logging;

namespace AuditHost.Tests.Lanes;

public sealed class TemplateWatchTests : IDisposable
{
    private readonly TemplateFolder _folder = new();
    private readonly ManualTimeProvider _time = new();
    private readonly LogLines _log = new();

    [Fact]
    public async Task Change_is_taken_up_within_two_seconds_and_a_broken_one_is_told_once()
    {
        _folder.Write("t.sbn", "{\"v\":1}");
        LiveTemplate live = _folder.Open("t.sbn");
        using var stopping = new CancellationTokenSource();
        Task watching = new TemplateWatch([("siem", live)], _time, _log).RunAsync(stopping.Token);

        _folder.Write("t.sbn", "{\"v\":{{ nothing }}}");
        (LogLevel Level, string Text) refused = await AdvanceUntilToldAsync();
        _folder.Write("t.sbn", "{\"v\":2}");
        (LogLevel Level, string Text) taken = await AdvanceUntilToldAsync();
        stopping.Cancel();
        await watching;

        Assert.Equal(LogLevel.Warning, refused.Level);
        Assert.Matches("^The changed template of destination siem is not used; it goes on with revision [0-9a-f]{12}\\. .*t\\.sbn:1:9: There is no variable", refused.Text);
        Assert.DoesNotContain('\n', refused.Text);
        Assert.Equal(LogLevel.Information, taken.Level);
        Assert.Equal($"Destination siem renders with revision {live.Current.Revision} of {_folder.File("t.sbn")} from here on.", taken.Text);
        Assert.Equal("{\"v\":2}", live.Current.Event!.Render(Rendering.Event("{}")));
    }

    [Fact]
    public async Task Site_without_templates_is_not_watched()
    {
        await new TemplateWatch([], _time, _log).RunAsync(TestContext.Current.CancellationToken);
    }

    public void Dispose() => _folder.Dispose();

    /// <summary>Each second of the clock lets the watch look once; a look that finds nothing to tell says nothing.</summary>
    private async Task<(LogLevel Level, string Text)> AdvanceUntilToldAsync()
    {
        Task<(LogLevel, string)> told = _log.NextAsync();
        while (!told.IsCompleted)
        {
            await _time.WaitForTimersAsync();
            _time.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }

        return await told;
    }
}
