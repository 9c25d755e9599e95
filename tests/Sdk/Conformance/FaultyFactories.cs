using System.Text.Json.Serialization.Metadata;
using AuditHost.PluginKit.Settings;
using AuditHost.Sdk;
using AuditHost.Sdk.Conformance;

[assembly: Plugin(typeof(FaultyFactory))]
[assembly: Plugin(typeof(LenientFactory))]
[assembly: Plugin(typeof(BadlyNamedFactory))]

namespace AuditHost.Sdk.Conformance;

public sealed class FaultyFactory() : AnyFaultyFactory("faulty", FaultyContext.Default.FaultySettings);

public sealed class LenientFactory() : AnyFaultyFactory("faulty", LenientContext.Default.FaultySettings);

public sealed class BadlyNamedFactory() : AnyFaultyFactory("Faulty-Name", FaultyContext.Default.FaultySettings);

public abstract class AnyFaultyFactory(string type, JsonTypeInfo<FaultySettings> settings) : ConnectorFactory<FaultySettings>(
    new ConnectorInfo(type, "Has one fault.") { DefaultFormat = "jsonl", MaxConcurrency = 4 }, settings)
{
    protected override IConnector Create(FaultySettings settings, PluginContext context)
    {
        var endpoint = new Uri(settings.Endpoint);
        if (settings.Fault == Fault.ConnectsInCreate)
            context.ConnectAsync(new Uri($"tcp://{endpoint.Authority}"), default).AsTask().GetAwaiter().GetResult().Dispose();
        return new FaultyConnector(settings.Fault, endpoint, settings.ApiKey, context);
    }
}
