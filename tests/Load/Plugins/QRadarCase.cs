using AuditHost.Fakes.QRadar;

namespace AuditHost.Load;

/// <summary>QRadar's two ways in.</summary>
internal static class QRadarCase
{
    public static IPluginCase Receiver() => new HttpCase<FakeHttpReceiver>(
        new FakeHttpReceiver(), static fake => fake.EventCount, static fake => $"{{ type: qradar, mode: http_receiver, receiver_endpoint: \"{fake.Address}\" }}");

    public static IPluginCase Syslog() => new StreamCase((byte)'\n', static port => $"{{ type: qradar, mode: tcp, server: \"127.0.0.1:{port}\" }}");
}
