using AuditHost.Fakes.AppDynamics;

namespace AuditHost.Load;

/// <summary>The Events Service of AppDynamics Analytics.</summary>
internal static class AppDynamicsCase
{
    public static IPluginCase Create() => new HttpCase<FakeEventsService>(
        new FakeEventsService(),
        static fake => fake.EventCount,
        static fake => $"{{ type: appdynamics, endpoint: \"{fake.Address}\", account_name: {FakeEventsService.Account}, api_key: \"${{APPDYNAMICS_KEY}}\" }}")
    {
        Environment = new Dictionary<string, string> { ["APPDYNAMICS_KEY"] = FakeEventsService.Key },
    };
}
