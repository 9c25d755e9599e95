namespace AuditHost.Fakes.OpsGenie;

/// <summary>What became of a request that was queued.</summary>
/// <param name="Action">For instance <c>Create</c>.</param>
/// <param name="IsSuccess">Whether it did anything.</param>
/// <param name="Status">In the vendor's words.</param>
/// <param name="Alias">The alert it was about.</param>
internal sealed record ProcessedRequest(string Action, bool IsSuccess, string Status, string Alias)
{
    /// <summary>How often it was asked for so far.</summary>
    public int Asked { get; set; }
}
