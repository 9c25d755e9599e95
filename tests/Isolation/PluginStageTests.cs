namespace AuditHost.Plugins;

public sealed class PluginStageTests
{
    /// <summary>Each removes what others left behind when it is opened, and none takes another for one that is gone.</summary>
    [Fact]
    public void Stages_that_are_opened_at_a_time_leave_each_other_alone()
    {
        Parallel.For(0, 500, new ParallelOptions { MaxDegreeOfParallelism = 8, CancellationToken = TestContext.Current.CancellationToken }, _ =>
        {
            using PluginStage stage = PluginStage.Open();
        });
    }
}
