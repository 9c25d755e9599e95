using AuditHost.Fakes.Fluentd;

namespace AuditHost.Load;

/// <summary>Fluentd's <c>forward</c> input, with acknowledgements.</summary>
internal static class FluentdCase
{
    public static IPluginCase Plain() => Create("none");

    public static IPluginCase Gzip() => Create("gzip");

    private static FakeStreamCase<ForwardInput> Create(string compression) => new(
        new ForwardInput(), static fake => fake.Count, fake => $"{{ type: fluentd, tag: audit, compression: {compression}, endpoint: \"{fake.Address}\" }}");
}
