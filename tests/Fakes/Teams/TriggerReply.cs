namespace AuditHost.Fakes.Teams;

/// <summary>Refusals of a trigger in the words of Power Automate.</summary>
public static class TriggerReply
{
    public static FakeAnswer Of(int status, string code, string message = "no") => new(status, $$$"""{"error":{"code":"{{{code}}}","message":"{{{message}}}"}}""");

    /// <summary>What the retired connectors answered when Teams had refused: a success, with the refusal in words.</summary>
    public static FakeAnswer Hidden(int status) =>
        new(200, $"Webhook message delivery failed with error: Microsoft Teams endpoint returned HTTP error {status} with ContextId tcid=8135168431,server=DB3PEPF00000100,cv=x..", "text/plain");
}
