using System.Text.Json.Nodes;

namespace AuditHost.Fakes.Elasticsearch;

/// <summary>What a document is refused with, or quarantined by.</summary>
/// <param name="Status">Its status.</param>
/// <param name="Type">The type of its error; <see langword="null"/> for none.</param>
/// <param name="Reason">The error's words.</param>
/// <param name="FailureStore">What became of it in the failure store.</param>
public sealed record ItemFault(int Status, string? Type = null, string Reason = "no", string? FailureStore = null)
{
    internal JsonObject ToItem(string action, string? index = null, string? id = null)
    {
        var outcome = new JsonObject();
        if (index is not null)
            outcome["_index"] = index;
        if (id is not null)
            outcome["_id"] = id;
        outcome["status"] = Status;
        if (FailureStore is not null)
            outcome["failure_store"] = FailureStore;
        if (Type is not null)
            outcome["error"] = new JsonObject { ["type"] = Type, ["reason"] = Reason };
        return new JsonObject { [action] = outcome };
    }
}
