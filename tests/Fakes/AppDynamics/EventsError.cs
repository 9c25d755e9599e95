namespace AuditHost.Fakes.AppDynamics;

/// <summary>An error in the Events Service's own shape.</summary>
public static class EventsError
{
    public static FakeAnswer Of(int status, string code, string message) => new(
        status,
        $$"""{"statusCode":{{status}},"code":"{{code}}","message":"{{message}}","developerMessage":null,"logCorrelationId":"6c1f0b2a-9d3e-4f57-8a51-2b7c0d9e4f10"}""");

    public static FakeAnswer MissingSchema => Of(404, "Missing.EventType", "No event type could be found for this account");
}
