using System.ComponentModel;

namespace Good;

public sealed class EchoSettings
{
    [Description("What the acknowledgement begins with.")]
    public required string Prefix { get; init; }
}
