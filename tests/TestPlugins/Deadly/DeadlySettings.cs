using System.ComponentModel;

namespace Deadly;

public sealed class DeadlySettings
{
    [Description("The file, absolute.")]
    public required string Path { get; init; }

    [Description("The id of the event that kills.")]
    public required string Victim { get; init; }

    [Description("How it kills: fail_fast or stack_overflow.")]
    public required string Way { get; init; }
}
