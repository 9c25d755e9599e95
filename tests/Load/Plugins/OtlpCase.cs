using AuditHost.Fakes.OpenTelemetry;

namespace AuditHost.Load;

/// <summary>A receiver of OpenTelemetry logs.</summary>
internal static class OtlpCase
{
    public static IPluginCase Protobuf() => Create("protobuf");

    public static IPluginCase Json() => Create("json");

    private static HttpCase<OtlpReceiver> Create(string encoding) => new(
        new OtlpReceiver(), static fake => fake.RecordCount, fake => $"{{ type: otlp, encoding: {encoding}, endpoint: \"{fake.Address}\" }}");
}
