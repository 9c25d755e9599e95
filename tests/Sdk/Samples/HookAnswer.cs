using System.Net;
using System.Text.Json;
using AuditHost.Sdk;

namespace Acme.Hook;

/// <summary>What Acme's answers mean for a delivery.</summary>
internal static class HookAnswer
{
    /// <summary>Reads <c>{"id":"…","failed":[{"index":3,"status":400,"reason":"…"}]}</c>.</summary>
    public static DeliveryResult Read(string text)
    {
        using JsonDocument answer = JsonDocument.Parse(text);
        string? id = answer.RootElement.GetProperty("id").GetString();
        var failures = new List<EventFailure>();
        foreach (JsonElement failed in answer.RootElement.GetProperty("failed").EnumerateArray())
        {
            int status = failed.GetProperty("status").GetInt32();
            string reason = failed.GetProperty("reason").GetString() ?? "No reason given";
            failures.Add(new EventFailure(failed.GetProperty("index").GetInt32(), KindOf((HttpStatusCode)status), reason, status));
        }

        return DeliveryResult.Partial(failures).WithAcknowledgement(id);
    }

    public static FailureKind KindOf(HttpStatusCode status) => (int)status switch
    {
        401 or 403 or 404 => FailureKind.Misconfigured,
        413 => FailureKind.TooLarge,
        429 => FailureKind.Throttled,
        408 or >= 500 => FailureKind.Transient,
        >= 400 => FailureKind.Rejected,
        _ => FailureKind.Misconfigured,
    };
}
