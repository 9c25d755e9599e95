using AuditHost.Sdk;

namespace AuditHost.Connectors.Teams;

/// <summary>What the code of a trigger's refusal means for a delivery. Microsoft lists none of them; these are seen in the field.</summary>
internal static class TriggerError
{
    /// <summary>The kind of failure and what to do about it; <see langword="null"/> where the status has to do.</summary>
    public static (FailureKind Kind, string Text)? Find(string code) => code switch
    {
        "DirectApiAuthorizationRequired" or "DirectApiRequestHasMoreThanOneAuthorization" =>
            (FailureKind.Misconfigured, "the trigger takes the signature in its address and nothing besides. Remove authentication"),
        "AuthorizationFailed" or "MisMatchingOAuthClaims" or "InvalidAuthenticationToken" or "AuthenticationFailed" =>
            (FailureKind.Misconfigured, "the trigger refuses the sender. Copy its address again, and let anyone trigger the workflow or set authentication"),
        "WorkflowTriggerIsNotEnabled" or "WorkflowIsNotEnabled" or "WorkflowSuspended" or "FlowDisabled" => (FailureKind.Misconfigured, "the workflow is switched off. Switch it on"),
        "WorkflowNotFound" or "WorkflowTriggerNotFound" or "ResourceNotFound" or "FlowNotFound" =>
            (FailureKind.Misconfigured, "there is no such workflow any more. Look whether it still has an owner, and copy its address again"),
        "TriggerInputSchemaMismatch" or "InvalidRequestContent" or "InvalidTriggerInput" => (FailureKind.Rejected, "the trigger cannot read the message"),
        "RequestEntityTooLarge" => (FailureKind.TooLarge, "the message is too large"),
        _ => null,
    };
}
